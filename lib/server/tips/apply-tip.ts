import { z } from 'zod'
import { envelopeSchema } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { tipStatuses } from '#lib/protocol/tips.ts'
import { callFunction } from '../db/call-function.ts'
import { lookUpTip, type TipFacts } from '../stripe/look-up-tip.ts'
import { throwCoded } from '../stripe/stripe-error.ts'
import type { TipDeps } from './tip-deps.ts'

const appliedSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.enum(['applied', 'unchanged']),
    tipId: z.uuid(),
    status: z.enum(tipStatuses),
    // The tip is what it is: nothing about the envelope may make it look otherwise.
    envelope: envelopeSchema.optional().catch(undefined),
  }),
  z.object({ outcome: z.enum(['repeated', 'ignored']) }),
  /** What was said cannot be true of the tip; SQL has written it down. */
  z.object({ outcome: z.literal('refused'), fields: z.array(z.string()) }),
])
export type AppliedTip = z.infer<typeof appliedSchema>

/** Has SQL hold what was found against the tip and move it forward, and tells the room. @throws CodedError */
export async function applyTip(
  { access, service, tell }: TipDeps,
  facts: TipFacts,
  event?: { id: string; type: string },
): Promise<AppliedTip> {
  const args = {
    p_livemode: access.livemode,
    p_facts: facts,
    p_event_id: event?.id ?? null,
    p_event_type: event?.type ?? null,
  }
  const applied = await callFunction(service, 'apply_tip_facts', args, appliedSchema)
  if ('envelope' in applied && applied.envelope) tell(applied.envelope)
  return applied
}

/** Looks a tip up by its page and applies what is found, without an event. @throws CodedError */
export async function refreshTip(deps: TipDeps, checkoutId: string): Promise<AppliedTip> {
  const facts = await lookUpTip(deps.access, checkoutId).catch(throwCoded)
  if (!facts) throw new CodedError('not_found')
  return applyTip(deps, facts)
}
