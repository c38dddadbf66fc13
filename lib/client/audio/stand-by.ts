import type { Track } from '#lib/protocol/tracks.ts'
import type { Deck } from './deck.ts'
import type { Program } from './program.ts'

const standsBy = 'stands by: '

/** So much of what is heard has to lie ready before anything else may use the network. */
const ownBufferInMs = 15_000

/**
 * What the decks that have no passage stand by for: the track that may come next, silent at its beginning. It gives up
 * its place to whatever the timeline wants. `chosen` holds the programs of the decks that have one.
 */
export function standByProgram(
  decks: readonly Deck[],
  chosen: readonly (Program | null)[],
  upNext: Track | null,
): readonly (Program | null)[] | null {
  if (!upNext) return null
  const key = `${standsBy}${upNext.id}`
  const isPlayed = chosen.some((program) => program?.media.playlistPath === upNext.playlistPath)
  const free = decks.filter((deck, index) => !chosen[index] && isFree(deck))
  const deck = free.find((candidate) => candidate.key === key) ?? free[0]
  const mayLoad = deck?.key === key || decks.every((other, index) => !chosen[index] || hasEnough(other))
  if (isPlayed || !deck || !mayLoad) return null
  const schedule = { kind: 'held', positionInMs: -upNext.preRollInMs } as const
  return decks.map((other) => (other === deck ? { key, media: upNext, schedule } : null))
}

/** A deck that fades out is left in peace until it is empty. */
function isFree({ key, loadedPath }: Deck): boolean {
  return loadedPath === null || (key?.startsWith(standsBy) ?? false)
}

function hasEnough(deck: Deck): boolean {
  return deck.status === 'failed' || deck.hasReady(ownBufferInMs)
}
