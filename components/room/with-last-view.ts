import type { RoomView } from '#lib/client/session/view-state.ts'
import type { Room } from './room-context.ts'
import type { RoomEngines } from './room-engines.ts'

/**
 * The engines with a view that is always there. A refusal (a ban, say) takes the view away while parts of the room are
 * still on the screen for one more render; they see the last one.
 */
export function withLastView(engines: RoomEngines): Room {
  let last: RoomView | null = null
  return {
    ...engines,
    readView: () => {
      const view = engines.session.getSnapshot()
      if (view.status === 'ready') last = view
      if (!last) throw new Error('The room was shown before it was ready')
      return last
    },
  }
}
