import type { SessionClient } from '#lib/client/session/session-client.ts'
import type { RoomView, ViewMessage } from '#lib/client/session/view-state.ts'
import type { Transport, TransportListener } from '#lib/client/transports/transport.ts'
import type { Sight } from '../history/history.ts'

/** Writes down what one client sees, whenever something changes. */
export type Recorder = {
  /** The transport as it is, with its states written down. */
  watchTransport: (transport: Transport) => Transport
  countSnapshot: () => void
  watch: (client: SessionClient) => void
  sights: Sight[]
  repeatedMessageIds: string[]
  reactionsSeen: () => number
}

export function createRecorder(): Recorder {
  const sights: Sight[] = []
  const repeated = new Set<string>()
  let listener: TransportListener | undefined
  let isOpen = false
  let snapshots = 0
  let reactions = 0
  let view: RoomView | undefined
  let shown: readonly ViewMessage[] = []
  let shownIds = new Set<string>()

  const takeNewMessages = (messages: readonly ViewMessage[]): string[] => {
    if (messages === shown) return []
    shown = messages
    const ids = messages.flatMap(({ id, delivery }) => (delivery === 'sent' ? id : []))
    const before = shownIds
    shownIds = new Set(ids)
    if (shownIds.size < ids.length)
      for (const [index, id] of ids.entries()) if (ids.indexOf(id) < index) repeated.add(id)
    return ids.filter((id) => !before.has(id))
  }

  const look = (): void => {
    const revs = listener?.revs()
    if (!view || !revs) return
    const newMessageIds = takeNewMessages(view.messages)
    const isLive = view.connection.status === 'live'
    const last = sights.at(-1)
    const isSame =
      last?.seq === view.seq &&
      last.isLive === isLive &&
      last.isOpen === isOpen &&
      last.revs.playback === revs.playback &&
      last.revs.tallies === revs.tallies &&
      last.revs.dj === revs.dj &&
      newMessageIds.length === 0
    if (isSame) return
    sights.push({ atInMs: Date.now(), seq: view.seq, revs, isLive, isOpen, snapshots, newMessageIds })
  }

  return {
    sights,
    get repeatedMessageIds() {
      return [...repeated]
    },
    reactionsSeen: () => reactions,
    countSnapshot: () => {
      snapshots += 1
    },
    watchTransport: (transport) => ({
      open: (sessionId, given, ways) => {
        listener = given
        return transport.open(
          sessionId,
          {
            ...given,
            onState: (state) => {
              isOpen = state.status === 'open'
              given.onState(state)
              look()
            },
          },
          ways,
        )
      },
    }),
    watch: (client) => {
      client.onReactions((counts) => {
        for (const count of Object.values(counts)) reactions += count ?? 0
      })
      client.subscribe(() => {
        const now = client.getSnapshot()
        view = now.status === 'ready' ? now : undefined
        look()
      })
    },
  }
}
