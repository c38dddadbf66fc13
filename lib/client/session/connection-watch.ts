import type { TransportState } from '#lib/client/transports/transport.ts'
import type { FollowerStatus } from './log-follower.ts'
import type { Connection } from './view-state.ts'

/** People are told of a broken connection after this long, not at every hiccup. */
const graceInMs = 4_000

export type ConnectionWatch = {
  transport: (state: TransportState) => void
  follower: (status: FollowerStatus) => void
  current: () => Connection
  destroy: () => void
}

/** Sums up how the room stands to its session, from the transport's state and the follower's. */
export function watchConnection(now: () => number, onChange: () => void): ConnectionWatch {
  let transport: TransportState = 'connecting'
  let follower: FollowerStatus = 'catching_up'
  let wasLive = false
  let brokenSinceInMs: number | null = null
  let isBroken = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const compute = (): Connection => {
    if (isBroken && brokenSinceInMs !== null) return { status: 'broken', sinceInMs: brokenSinceInMs }
    if (transport === 'open' && follower === 'up_to_date') return { status: 'live' }
    return { status: wasLive ? 'catching_up' : 'connecting' }
  }
  let current = compute()

  const update = (): void => {
    const healthy = transport === 'open' && follower !== 'failing'
    if (healthy) {
      clearTimeout(timer)
      brokenSinceInMs = null
      isBroken = false
    } else if (brokenSinceInMs === null) {
      brokenSinceInMs = now()
      timer = setTimeout(() => {
        isBroken = true
        update()
      }, graceInMs)
    }
    wasLive ||= healthy && follower === 'up_to_date'
    const next = compute()
    if (next.status === current.status) return
    current = next
    onChange()
  }

  update()
  return {
    transport: (state) => {
      transport = state
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
