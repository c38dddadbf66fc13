import { expect, it } from 'vitest'
import { nameTrack } from '#lib/client/encoding/name-track.ts'
import { nameSet } from './name-set.ts'

it('names two sets of an evening apart, and can be the name of a file and of a track', () => {
  const early = nameSet('AC/DC: all night', new Date(2026, 10, 27, 21, 4), 'es')
  expect(early).toBe('AC-DC. all night 27 nov 2026, 21.04.m4a')
  expect(nameSet('AC/DC: all night', new Date(2026, 10, 27, 23, 9), 'es')).not.toBe(early)
  expect(nameTrack({}, early).title).toBe('AC-DC. all night 27 nov 2026, 21.04')
})
