import type { TransportState, WayInUse } from '#lib/client/transports/transport.ts'
import type { FollowerStatus } from './log-follower.ts'
import type { Connection, ConnectionStatus } from './view-state.ts'

/** People are told of a broken connection after this long, not at every hiccup. */
const graceInMs = 4_000
/** Until the first time it is live, several ways may have to be tried. */
const firstGraceInMs = 8_000

export type ConnectionWatch = {
  transport: (state: TransportState) => void
  follower: (status: FollowerStatus) => void
  current: () => Connection
  destroy: () => void
}

/** Sums up how the room stands to its session, from the transport's state and the follower's. */
export function watchConnection(now: () => number, onChange: () => void): ConnectionWatch {
  let transport: TransportState['status'] = 'connecting'
  let way: WayInUse | null = null
  let follower: FollowerStatus = 'catching_up'
  let wasLive = false
  let brokenSinceInMs: number | null = null
  let isBroken = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const status = (): ConnectionStatus => {
    if (isBroken && brokenSinceInMs !== null) return { status: 'broken', sinceInMs: brokenSinceInMs }
    if (transport === 'open' && follower === 'up_to_date') return { status: 'live' }
    return { status: wasLive ? 'catching_up' : 'connecting' }
  }
  let current: Connection = { ...status(), way }

  const update = (): void => {
    const healthy = transport === 'open' && follower !== 'failing'
    if (healthy) {
      clearTimeout(timer)
      brokenSinceInMs = null
      isBroken = false
    } else if (brokenSinceInMs === null) {
      brokenSinceInMs = now()
      timer = setTimeout(
        () => {
          isBroken = true
          update()
        },
        wasLive ? graceInMs : firstGraceInMs,
      )
    }
    wasLive ||= healthy && follower === 'up_to_date'
    const next = { ...status(), way }
    if (next.status === current.status && next.way === current.way) return
    current = next
    onChange()
  }

  update()
  return {
    transport: (state) => {
      transport = state.status
      if (state.status === 'open') way = state.way
      update()
    },
    follower: (status) => {
      follower = status
      update()
    },
    current: () => current,
    destroy: () => clearTimeout(timer),
  }
}
