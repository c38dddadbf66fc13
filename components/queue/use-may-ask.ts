'use client'
import { useIsAllowed, useRoom } from '#components/room/use-room.ts'

/** Whether this person may add songs now: while requests are open, and always whoever orders the queue. SQL decides. */
export function useMayAsk(): boolean {
  const ordersQueue = useIsAllowed('order_queue')
  const areRequestsOpen = useRoom((view) => view.session.requestsOpen)
  return ordersQueue || areRequestsOpen
}
