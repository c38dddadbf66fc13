/** What is known of a deck: the passage it has, and the playlist that lies loaded in it. */
export type DeckState = { key: string | null; loadedPath: string | null }

type Wanted = { key: string; media: { playlistPath: string } }

/**
 * Which deck plays which program; null where a deck has none. Passages keep the deck they have; others get one that has
 * their playlist loaded already, else an empty one, else one whose passage is over.
 */
export function chooseDecks<P extends Wanted>(
  decks: readonly DeckState[],
  programs: readonly P[],
): readonly (P | null)[] {
  const chosen: (P | null)[] = decks.map(({ key }) => programs.find((program) => program.key === key) ?? null)
  for (const program of programs) {
    if (chosen.includes(program)) continue
    const isFree = (index: number) => chosen[index] === null
    const ranks = decks.map((deck, index) => (isFree(index) ? rank(deck, program) : Number.POSITIVE_INFINITY))
    const best = Math.min(...ranks)
    if (Number.isFinite(best)) chosen[ranks.indexOf(best)] = program
  }
  return chosen
}

function rank({ key, loadedPath }: DeckState, { media }: Wanted): number {
  if (loadedPath === media.playlistPath) return 0
  if (loadedPath === null) return 1
  return key === null ? 2 : 3
}
