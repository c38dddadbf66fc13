import type { Track } from '#lib/protocol/tracks.ts'
import type { Deck, Program } from './deck.ts'

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
  const busy = decks.filter((_, index) => chosen[index])
  const isKnown = chosen.some((program) => program?.media.playlistPath === upNext.playlistPath)
  if (isKnown || !busy.every(hasEnough)) return null
  const key = `stands by: ${upNext.id}`
  const schedule = { kind: 'held', positionInMs: -upNext.preRollInMs } as const
  const index = decks.findIndex((deck, at) => !chosen[at] && isFree(deck))
  return decks.map((_, at) => (at === index ? { key, media: upNext, schedule } : null))
}

/** A deck that fades out is left in peace until it is empty. */
function isFree({ key, loadedPath }: Deck): boolean {
  return loadedPath === null || (key?.startsWith('stands by') ?? false)
}

function hasEnough(deck: Deck): boolean {
  return deck.status === 'failed' || deck.hasReady(ownBufferInMs)
}
