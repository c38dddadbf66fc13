import type { GivenTip } from '#lib/protocol/tips.ts'

export type GivenTipState = 'waiting' | 'thanks' | 'unpaid' | 'returned' | 'partly_returned'

const states: Record<GivenTip['status'], GivenTipState> = {
  begun: 'waiting',
  open: 'waiting',
  expired: 'unpaid',
  failed: 'unpaid',
  paid: 'thanks',
  partly_refunded: 'partly_returned',
  refunded: 'returned',
}

/** What a tip's giver is told of it. */
export function givenTipState(status: GivenTip['status']): GivenTipState {
  return states[status]
}
