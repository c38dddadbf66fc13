import { describe, expect, it } from 'vitest'
import { isWorthLoadingAhead, type Program } from './program.ts'

const media = { playlistPath: 'a', preRollInMs: 6_000, durationInMs: 60_000 }
const playing: Program = { key: 'a', media, schedule: { kind: 'playing', startsAtInMs: 0 } }
const held: Program = { key: 'a', media, schedule: { kind: 'held', positionInMs: 0 } }

describe('isWorthLoadingAhead', () => {
  it.each([
    ['not while its turn is far', playing, -25_000, false, false],
    ['before its turn', playing, -15_000, false, true],
    ['not while its place is being found', playing, 20_000, false, false],
    ['once it is in sync', playing, 20_000, true, true],
    ['not while it stands by at its beginning', held, 0, false, false],
    ['of a pause', held, 20_000, false, true],
  ])('%s', (_name, program, wantedInMs, isInSync, expected) => {
    expect(isWorthLoadingAhead(program, wantedInMs, isInSync)).toBe(expected)
  })
})
