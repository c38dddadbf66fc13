import type { Faults } from '../api/faults.ts'
import type { Deliveries } from '../webhooks/deliveries.ts'
import { buy, type Happening, happen, transfer } from './purchases.ts'
import { lookUpRoute } from './serve-api.ts'
import type { Fake, FakeNotification } from './state.ts'

/** What a test does that happens at RevenueCat or on the way there. */
export type Control = Pick<Deliveries, 'hold' | 'release' | 'deliver' | 'settled'> & {
  /** What happened, oldest first. */
  notifications: () => FakeNotification[]
  /** Buys without a browser. */
  buy: (userId: string, options?: { isSandbox: boolean }) => void
  happen: (userId: string, happening: Happening) => void
  transfer: (fromId: string, toId: string) => void
  /** Plans a fault for the next look-up. */
  failNext: (fault: 'connection_reset' | 'unavailable') => void
}

export function createControl(fake: Fake, deliveries: Deliveries, faults: Faults): Control {
  const { hold, release, deliver, settled } = deliveries
  return {
    hold,
    release,
    deliver,
    settled,
    notifications: () => Object.values(fake.state.notifications),
    buy: (userId, options) => buy(fake, userId, options),
    happen: (userId, happening) => happen(fake, userId, happening),
    transfer: (fromId, toId) => transfer(fake, fromId, toId),
    failNext: (fault) => void faults.failNext(lookUpRoute, fault),
  }
}
