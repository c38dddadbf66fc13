import { expect, test } from 'vitest'
import type { MusicalKey } from '#lib/domain/audio/musical-key.ts'
import { findTracks } from './find-tracks.ts'

const row = (
  title: string,
  artist: string | null,
  bpm: number | null,
  musicalKey: MusicalKey | null,
  createdAt: number,
) => ({ title, artist, bpm, musicalKey, createdAt, track: null })

const rows = [
  row('Zebra', 'Ana', 124.2, 'Am', 1),
  row('Alba', null, null, null, 2),
  row('Marea', 'Los Ana', 98, 'C', 3),
  row('Noche', 'Ben', 124, 'G#m', 4),
]
const titles = (query: string, order: Parameters<typeof findTracks>[2] = 'newest') =>
  findTracks(rows, query, order).map(({ title }) => title)

test('finds by title, artist, tempo and key, every word of it', () => {
  expect(titles('ana')).toEqual(['Marea', 'Zebra'])
  expect(titles('124')).toEqual(['Noche', 'Zebra'])
  expect(titles('8a')).toEqual(['Zebra'])
  expect(titles('AM')).toEqual(['Zebra'])
  expect(titles('124 ana')).toEqual(['Zebra'])
  expect(titles('techno')).toEqual([])
})

test('orders as asked, and puts last what is not known', () => {
  expect(titles('')).toEqual(['Noche', 'Marea', 'Alba', 'Zebra'])
  expect(titles('', 'title')).toEqual(['Alba', 'Marea', 'Noche', 'Zebra'])
  expect(titles('', 'bpm')).toEqual(['Marea', 'Noche', 'Zebra', 'Alba'])
  expect(titles('', 'key')).toEqual(['Noche', 'Zebra', 'Marea', 'Alba'])
})
