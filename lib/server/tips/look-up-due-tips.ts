import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import { callFunction } from '../db/call-function.ts'
import { findCheckout } from '../stripe/find-checkout.ts'
import { throwCoded } from '../stripe/stripe-error.ts'
import { refreshTip } from './apply-tip.ts'
import type { TipDeps } from './tip-deps.ts'

const dueTipsSchema = z.array(
  z.object({ tipId: z.uuid(), checkoutId: z.string().nullable(), begunAt: z.number() }),
)

/** As many as one turn looks up; the rest is due at the next. */
const atOnce = 50

/**
 * Looks up the tips of which it is not known yet whether they were paid, so that an event that never comes loses nothing.
 * SQL says which are due. One that cannot be looked up keeps no other waiting, and is due again later.
 * @returns how many were looked up
 * @throws AggregateError with what went wrong
 */
export async function lookUpDueTips(deps: TipDeps): Promise<number> {
  const args = { p_livemode: deps.access.livemode, p_max: atOnce }
  const due = await callFunction(deps.service, 'claim_due_tips', args, dueTipsSchema)
  const failures: unknown[] = []
  let lookedUp = 0
  for (const { tipId, checkoutId, begunAt } of due) {
    try {
      const found = checkoutId ?? (await findCheckout(deps.access, tipId, begunAt).catch(throwCoded))
      if (!found) continue
      await refreshTip(deps, found)
      lookedUp += 1
    } catch (thrown) {
      // The page is of another account: the operator has changed the key. Reconciling tells of it.
      if (!(thrown instanceof CodedError && thrown.code === 'not_found')) failures.push(thrown)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} tips could not be looked up.`)
  return lookedUp
}
