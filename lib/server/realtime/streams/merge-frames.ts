import type { Envelope, Presence } from '#lib/protocol/envelope.ts'
import type { Frame } from '../hub/frame.ts'
import { hasParts, newerParts } from '../hub/merge-state.ts'

/** One envelope that says what two say, the second of which follows on the first. */
export function mergeEnvelopes(first: Envelope, second: Envelope): Envelope {
  const state = { ...first.state, ...newerParts(first.state ?? {}, second.state ?? {}) }
  const presence = second.presence ?? first.presence
  const reactions = addReactions(first.reactions, second.reactions)
  return {
    v: second.v,
    sid: second.sid,
    epoch: second.epoch,
    from: first.from,
    to: Math.max(first.to, second.to),
    items: [...first.items, ...second.items.filter(({ seq }) => seq > first.to)],
    ...(hasParts(state) ? { state } : {}),
    ...(reactions ? { reactions } : {}),
    ...(presence ? { presence } : {}),
    sentAt: second.sentAt,
  }
}

function addReactions(first: Envelope['reactions'], second: Envelope['reactions']): Envelope['reactions'] {
  if (!first || !second) return first ?? second
  const sum = { ...first }
  for (const [emoji, count] of Object.entries(second) as [keyof typeof sum, number][]) {
    sum[emoji] = (sum[emoji] ?? 0) + count
  }
  return sum
}

/**
 * The JSON of some frames as one envelope. Those who wait together get the same frames: what was merged last is
 * remembered, so that it is encoded once for all of them.
 */
export function createFrameMerger(): (frames: readonly Frame[], presence: Presence | undefined) => string {
  let known: { frames: readonly Frame[]; presence: Presence | undefined; json: string } | null = null

  return (frames, presence) => {
    const isKnown =
      known?.frames.length === frames.length &&
      known.presence === presence &&
      frames.every((frame, index) => frame === known?.frames[index])
    if (!known || !isKnown) known = { frames, presence, json: mergedJson(frames, presence) }
    return known.json
  }
}

function mergedJson(frames: readonly Frame[], presence: Presence | undefined): string {
  const [only] = frames
  if (only && frames.length === 1 && (only.envelope.presence || !presence)) return only.json
  const merged = frames.map(({ envelope }) => envelope).reduce(mergeEnvelopes)
  return JSON.stringify(presence && !merged.presence ? { ...merged, presence } : merged)
}
