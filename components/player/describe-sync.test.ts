import { expect, test } from 'vitest'
import { describeSync } from './describe-sync.ts'

const listening = { isListening: true, livePhase: 'silent' } as const

test('a listener without sound is told so, whatever the room does', () => {
  expect(describeSync({ ...listening, phase: 'needs_gesture', isListening: false }, 'playing')).toBe(
    'blocked',
  )
  expect(describeSync({ ...listening, phase: 'silent', isListening: false }, 'paused')).toBe('blocked')
})

test('silence in the room is not a fault of the player', () => {
  expect(describeSync({ ...listening, phase: 'silent' }, 'idle')).toBe('idle')
  expect(describeSync({ ...listening, phase: 'silent' }, 'paused')).toBe('waiting')
})

test('music is in sync, or being looked for', () => {
  expect(describeSync({ ...listening, phase: 'in_sync' }, 'playing')).toBe('inSync')
  expect(describeSync({ ...listening, phase: 'stalled' }, 'playing')).toBe('finding')
})

test('a live set without music is what there is to hear; a voice beside music is a guest', () => {
  const live = { isListening: true, livePhase: 'in_sync' } as const
  expect(describeSync({ ...live, phase: 'silent' }, 'idle')).toBe('inSync')
  expect(describeSync({ ...live, phase: 'silent' }, 'paused')).toBe('inSync')
  expect(describeSync({ ...live, phase: 'acquiring' }, 'playing')).toBe('finding')
})
