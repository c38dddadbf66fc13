import { expect, test } from 'vitest'
import type { UploadPhase, UploadView } from '#lib/client/encoding/upload/upload-view.ts'
import { describeAll, overallShare } from './describe-upload.ts'

test('an upload only ever moves forward from phase to phase', () => {
  const way: UploadPhase[] = [
    { phase: 'waiting' },
    { phase: 'reading' },
    { phase: 'encoding', share: 0 },
    { phase: 'encoding', share: 1 },
    { phase: 'uploading', share: 0 },
    { phase: 'uploading', share: 1 },
    { phase: 'checking' },
    { phase: 'improving', share: 0 },
    { phase: 'published' },
  ]
  const shares = way.map(overallShare)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(shares.at(0)).toBe(0)
  expect(shares.at(-1)).toBe(1)
})

test('all together are as far as they are on average, and busy until the last is settled', () => {
  const upload = (phase: UploadPhase, isPlayable = false): UploadView => ({
    ...phase,
    id: 'a',
    name: 'a.mp3',
    bytes: 1,
    title: null,
    isPlayable,
  })
  const uploads = [
    upload({ phase: 'waiting' }),
    upload({ phase: 'improving', share: 0.2 }, true),
    upload({ phase: 'refused', code: 'empty' }),
    upload({ phase: 'waiting' }),
  ]
  expect(describeAll(uploads)).toEqual({ total: 4, playable: 1, share: 0.5, isBusy: true })
  expect(describeAll([upload({ phase: 'published' }, true)]).isBusy).toBe(false)
  expect(describeAll([])).toEqual({ total: 0, playable: 0, share: 0, isBusy: false })
})
