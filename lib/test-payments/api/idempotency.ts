import { StripeRefusal } from '../refusal.ts'
import { nowInSeconds } from '../state/ids.ts'
import type { Fake, KeptAnswer } from '../state/state.ts'

export type Call = { idempotencyKey: string | undefined; endpoint: string; parameters: string }
export type Answer = Pick<KeptAnswer, 'status' | 'body' | 'requestId'> & { isReplay: boolean }

const keptForInSeconds = 24 * 60 * 60

/**
 * Does each call with an idempotency key once (docs.stripe.com/api/idempotent_requests): what an endpoint answered, a
 * refusal or a 500 too, is kept for a day. What was refused before the endpoint began leaves no trace.
 */
export function createIdempotency({ state }: Fake) {
  const underway = new Set<string>()

  return async function once(
    { idempotencyKey: key, endpoint, parameters }: Call,
    execute: () => Promise<Omit<Answer, 'isReplay'>>,
  ): Promise<Answer> {
    if (!key) return { ...(await execute()), isReplay: false }
    if (underway.has(key)) throw inUse(key)
    const kept = state.keptAnswers[key]
    if (kept && kept.keptAtInSeconds > nowInSeconds() - keptForInSeconds) {
      if (kept.endpoint !== endpoint || kept.parameters !== parameters) throw otherParameters(key)
      return { ...kept, isReplay: true }
    }
    underway.add(key)
    try {
      const answer = await execute()
      state.keptAnswers[key] = { ...answer, keptAtInSeconds: nowInSeconds(), endpoint, parameters }
      return { ...answer, isReplay: false }
    } finally {
      underway.delete(key)
    }
  }
}

const inUse = (key: string) =>
  new StripeRefusal(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotency Key: ${key}`,
  })

const otherParameters = (key: string) =>
  new StripeRefusal(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same endpoint and parameters they were first used with: ${key}`,
  })
