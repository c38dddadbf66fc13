import { wheelCode, wheelPosition } from '#lib/domain/audio/musical-key.ts'
import type { LibraryTrack } from '#lib/protocol/tracks.ts'

export const trackOrders = ['newest', 'title', 'bpm', 'key', 'duration'] as const
export type TrackOrder = (typeof trackOrders)[number]

type Row = Pick<LibraryTrack, 'title' | 'artist' | 'bpm' | 'musicalKey' | 'createdAt' | 'track'>

/**
 * The rows that have every word of the query: in the title or the artist, as the tempo (`124`), or as the key in either
 * notation (`Am`, `8a`). What an order asks for and a track lacks comes last.
 */
export function findTracks<R extends Row>(rows: readonly R[], query: string, order: TrackOrder): R[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => words.every((word) => matches(row, word))).sort(comparisons[order])
}

function matches({ title, artist, bpm, musicalKey }: Row, word: string): boolean {
  if (`${title} ${artist ?? ''}`.toLowerCase().includes(word)) return true
  if (bpm !== null && (String(bpm) === word || String(Math.round(bpm)) === word)) return true
  if (musicalKey === null) return false
  return musicalKey.toLowerCase() === word || wheelCode(musicalKey).toLowerCase() === word
}

const last = Number.POSITIVE_INFINITY
const comparisons: Record<TrackOrder, (a: Row, b: Row) => number> = {
  newest: (a, b) => b.createdAt - a.createdAt,
  title: (a, b) => a.title.localeCompare(b.title),
  bpm: (a, b) => compare(a.bpm ?? last, b.bpm ?? last),
  key: (a, b) => compare(placeOnWheel(a), placeOnWheel(b)),
  duration: (a, b) => compare(a.track?.durationInMs ?? last, b.track?.durationInMs ?? last),
}

function placeOnWheel({ musicalKey }: Row): number {
  if (musicalKey === null) return last
  const { hour, letter } = wheelPosition(musicalKey)
  return hour + (letter === 'B' ? 0.5 : 0)
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
