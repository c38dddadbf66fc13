import type { CommandInput } from '#lib/client/session/commands.ts'
import type { RoomView } from '#lib/client/session/view-state.ts'
import type { Deed } from '../plan/plan-deeds.ts'

/** The DJ seeks in the front of the tracks, so that none comes near its end. */
const seekWithinInMs = 120_000

/** The command that a deed comes to, for somebody who sees this; null where there is nothing to do it to. */
export function commandFor(deed: Deed, view: RoomView, trackIds: readonly string[]): CommandInput | null {
  const pickFrom = <T>(list: readonly T[]): T | undefined => list[Math.floor(deed.pick * list.length)]
  switch (deed.does) {
    case 'chat':
      return { kind: 'chat.send', text: deed.text }
    case 'react':
      return { kind: 'react', emoji: deed.emoji }
    case 'ask': {
      const trackId = pickFrom(trackIds)
      return trackId ? { kind: 'queue.add', trackId } : null
    }
    case 'vote':
    case 'take_back': {
      const voted = deed.does === 'vote'
      const item = pickFrom(view.queue.filter((candidate) => candidate.voted !== voted))
      return item ? { kind: 'queue.vote', itemId: item.id, voted } : null
    }
    case 'play':
      return { kind: 'playback.play', itemId: null }
    case 'seek': {
      if (view.playback.status !== 'playing') return null
      const positionInMs = Math.round(deed.pick * seekWithinInMs)
      return { kind: 'playback.seek', positionInMs, expectedRev: view.playback.rev }
    }
    case 'skip':
      return view.playback.status === 'playing'
        ? { kind: 'playback.next', expectedRev: view.playback.rev }
        : null
  }
}
