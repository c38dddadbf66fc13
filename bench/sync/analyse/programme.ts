import type { ScheduledSlot, Timeline } from '#lib/domain/timeline/timeline.ts'
import type { Expected } from '../../../e2e/listening/locate.ts'

/** A timeline, and since when (epoch ms) it held. */
export type Held = { fromInMs: number; timeline: Timeline }

/** A stretch of a track that should sound in [fromInMs, untilInMs), its position 0 lying at `startsAtInMs`. */
export type Piece = { trackId: string; startsAtInMs: number; fromInMs: number; untilInMs: number }

/** What should have sounded, by the timelines that held one after the other. */
export function piecesOf(history: readonly Held[]): Piece[] {
  return history.flatMap(({ fromInMs, timeline }, index) => {
    if (timeline.status !== 'playing') return []
    const { current, next } = timeline
    const heldUntilInMs = history[index + 1]?.fromInMs ?? Number.POSITIVE_INFINITY
    const currentUntilInMs = next ? next.startsAtInMs + fadeOf(next) : Number.POSITIVE_INFINITY
    return [pieceOf(current, currentUntilInMs), ...(next ? [pieceOf(next, heldUntilInMs)] : [])]
      .map((piece) => ({
        ...piece,
        fromInMs: Math.max(fromInMs, piece.fromInMs),
        untilInMs: Math.min(heldUntilInMs, piece.untilInMs),
      }))
      .filter((piece) => piece.fromInMs < piece.untilInMs)
  })
}

/** While a crossfade lasts, both tracks sound. */
const fadeOf = (slot: ScheduledSlot & { fadeInMs?: number | null | undefined }) => slot.fadeInMs ?? 0

function pieceOf({ trackId, startsAtInMs, durationInMs }: ScheduledSlot, untilInMs: number): Piece {
  return {
    trackId,
    startsAtInMs,
    fromInMs: startsAtInMs,
    untilInMs: Math.min(untilInMs, startsAtInMs + durationInMs),
  }
}

/** The sound of those pieces, at 8 kHz. Where two overlap, both sound. */
export function programmeOf(pieces: readonly Piece[], heardOf: (trackId: string) => Float32Array): Expected {
  const perMs = 8
  return (fromInMs, count) => {
    const sound = new Float32Array(count)
    const untilInMs = fromInMs + count / perMs
    for (const piece of pieces) {
      if (piece.untilInMs <= fromInMs || piece.fromInMs >= untilInMs) continue
      const track = heardOf(piece.trackId)
      const first = Math.max(0, Math.round((piece.fromInMs - fromInMs) * perMs))
      const last = Math.min(count, Math.round((piece.untilInMs - fromInMs) * perMs))
      const shift = Math.round((fromInMs - piece.startsAtInMs) * perMs)
      for (let index = first; index < last; index++) {
        sound[index] = (sound[index] ?? 0) + (track[index + shift] ?? 0)
      }
    }
    return sound
  }
}

/** The instants at which a track began by itself after another one, nobody having asked for it just then. */
export function changesIn(pieces: readonly Piece[]): number[] {
  return pieces
    .filter(({ trackId, startsAtInMs, fromInMs }) => {
      const before = pieces.find((other) => other.untilInMs === fromInMs || overlaps(other, fromInMs))
      return startsAtInMs === fromInMs && before !== undefined && before.trackId !== trackId
    })
    .map(({ startsAtInMs }) => startsAtInMs)
}

const overlaps = ({ fromInMs, untilInMs }: Piece, atInMs: number) => fromInMs < atInMs && atInMs < untilInMs
