import type { ListeningSummary } from '#lib/protocol/listening.ts'

/** How many in a hundred of those who can tell are within 20 ms; null where nobody can. */
export function shareInSync({ measured, inSync }: ListeningSummary): number | null {
  return measured === 0 ? null : Math.round((100 * inSync) / measured)
}
