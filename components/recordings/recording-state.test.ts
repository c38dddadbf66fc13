import { expect, it } from 'vitest'
import type { UploadPhase, UploadView } from '#lib/client/encoding/upload/upload-view.ts'
import { recordingState } from './recording-state.ts'

const minuteInMs = 60_000
const longestInMs = 90 * minuteInMs
const file = new File(['sound'], 'A night.m4a')
const set = { id: 'one', file, durationInMs: 80 * minuteInMs }
const upload = (phase: UploadPhase, isPlayable = false): UploadView => ({
  id: 'track',
  name: file.name,
  bytes: file.size,
  title: null,
  isPlayable,
  ...phase,
})
const state = (...uploads: UploadView[]) => recordingState(set, uploads, longestInMs)

it('stays until its upload can be played', () => {
  expect(state()).toBe('waiting')
  expect(state(upload({ phase: 'reading' }))).toBe('on_its_way')
  expect(state(upload({ phase: 'checking' }))).toBe('on_its_way')
  expect(state(upload({ phase: 'improving', share: 0 }, true))).toBe('kept')
  expect(state(upload({ phase: 'published' }, true))).toBe('kept')
})

it('can be kept again after its upload was refused or failed', () => {
  expect(state(upload({ phase: 'refused', code: 'segment_mismatch' }))).toBe('waiting')
  expect(state(upload({ phase: 'failed', code: 'upload_failed' }))).toBe('waiting')
  const again = upload({ phase: 'uploading', share: 0.5 })
  expect(state(upload({ phase: 'refused', code: 'segment_mismatch' }), again)).toBe('on_its_way')
})

it('is known beforehand to be too long for a track', () => {
  expect(recordingState({ ...set, durationInMs: longestInMs }, [], longestInMs)).toBe('waiting')
  expect(recordingState({ ...set, durationInMs: longestInMs + 1 }, [], longestInMs)).toBe('too_long')
})

it('does not take another file for its upload', () => {
  expect(state({ ...upload({ phase: 'published' }, true), bytes: 7 })).toBe('waiting')
  expect(state({ ...upload({ phase: 'published' }, true), name: 'Another night.m4a' })).toBe('waiting')
})
