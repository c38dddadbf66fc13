import { expect, test } from 'vitest'
import { describeSync } from './describe-sync.ts'

const listening = { isListening: true, offsetInMs: null } as const

test('a listener without sound is told so, whatever the room does', () => {
  expect(describeSync({ ...listening, phase: 'needs_gesture', isListening: false }, 'playing').kind).toBe(
    'blocked',
  )
  expect(describeSync({ ...listening, phase: 'silent', isListening: false }, 'paused').kind).toBe('blocked')
})

test('silence in the room is not a fault of the player', () => {
  expect(describeSync({ ...listening, phase: 'silent' }, 'idle').kind).toBe('idle')
  expect(describeSync({ ...listening, phase: 'silent' }, 'paused').kind).toBe('waiting')
})

test('the figure is shown only while in sync', () => {
  expect(describeSync({ ...listening, phase: 'in_sync', offsetInMs: -3.4 }, 'playing')).toEqual({
    kind: 'inSync',
    offsetInMs: -3.4,
  })
  expect(describeSync({ ...listening, phase: 'stalled', offsetInMs: 900 }, 'playing')).toEqual({
    kind: 'finding',
  })
})
