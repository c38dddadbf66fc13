/**
 * What can go wrong with a request. Nothing happens before `connection_reset` and `unavailable`; `server_error` is the
 * endpoint's own, so that its idempotency key goes on answering it; `answer_lost` does all and tells nobody; `held` waits,
 * with its key in use, until it is released.
 */
export type Fault = 'answer_lost' | 'connection_reset' | 'held' | 'server_error' | 'unavailable'
export type PlannedFault = { kind: Fault; released: Promise<void> }

export type Faults = {
  /** Plans a fault for the next requests to a route such as `GET /v1/refunds/:id`; gives the way to release what is held. */
  failNext: (route: string, kind: Fault, times?: number) => () => void
  take: (route: string) => PlannedFault | undefined
}

/** Keeps what is planned for each route. */
export function createFaults(routes: string[]): Faults {
  const planned = new Map<string, PlannedFault[]>(routes.map((route) => [route, []]))
  return {
    failNext: (route, kind, times = 1) => {
      const faults = planned.get(route)
      if (!faults) throw new Error(`There is no route ${route}, only ${routes.join(', ')}`)
      const { promise, resolve } = Promise.withResolvers<void>()
      for (let left = times; left > 0; left--) faults.push({ kind, released: promise })
      return resolve
    },
    take: (route) => planned.get(route)?.shift(),
  }
}
