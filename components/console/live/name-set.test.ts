import { expect, it } from 'vitest'
import { nameTrack } from '#lib/client/encoding/name-track.ts'
import { nameSet } from './name-set.ts'

const inMadrid = { locale: 'es', timeZone: 'Europe/Madrid' }

it('names two sets of an evening apart, and can be the name of a file and of a track', () => {
  const early = nameSet('AC/DC: all night', new Date('2026-11-27T20:04:00Z'), inMadrid)
  expect(early).toBe('AC-DC. all night 27 nov 2026, 21.04.m4a')
  expect(nameSet('AC/DC: all night', new Date('2026-11-27T22:09:00Z'), inMadrid)).not.toBe(early)
  expect(nameTrack({}, early).title).toBe('AC-DC. all night 27 nov 2026, 21.04')
})

it('goes by the clock of its DJ, wherever their computer believes to be', () => {
  const inMexico = { ...inMadrid, timeZone: 'America/Mexico_City' }
  expect(nameSet('Set', new Date('2026-11-27T20:04:00Z'), inMexico)).toBe('Set 27 nov 2026, 14.04.m4a')
})
