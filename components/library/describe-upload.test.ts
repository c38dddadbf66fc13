import { expect, test } from 'vitest'
import type { UploadPhase } from '#lib/client/encoding/upload/upload-view.ts'
import { overallShare } from './describe-upload.ts'

test('an upload only ever moves forward from phase to phase', () => {
  const way: UploadPhase[] = [
    { phase: 'waiting' },
    { phase: 'reading' },
    { phase: 'encoding', share: 0 },
    { phase: 'encoding', share: 1 },
    { phase: 'uploading', share: 0 },
    { phase: 'uploading', share: 1 },
    { phase: 'checking' },
    { phase: 'published' },
  ]
  const shares = way.map(overallShare)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(shares.at(0)).toBe(0)
  expect(shares.at(-1)).toBe(1)
})
