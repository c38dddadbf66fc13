import Stripe from 'stripe'

const attemptsAtMost = 4
const aMinuteInMs = 60_000

/**
 * Has Stripe do something once, however often it is asked and whichever answer was lost. A key keeps its answer for a day,
 * a refusal or a failure too (docs.stripe.com/api/idempotent_requests): one from earlier ends the attempt, and the next
 * has a key of its own. That of the last is good for a minute, so that what was refused often is not refused all day once it
 * is mended; only an answer that is lost just then may have it done twice.
 * @throws StripeError
 */
export async function doOnce<T>(
  key: string,
  act: (options: Stripe.RequestOptions) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === attemptsAtMost
    const which = isLast ? `at:${Math.floor(Date.now() / aMinuteInMs)}` : attempt
    try {
      return await act({ idempotencyKey: `${key}:${which}` })
    } catch (thrown) {
      if (isLast || !isFromEarlier(thrown)) throw thrown
    }
  }
}

/** A kept answer, or a key that was used for something else: the same page in another language. */
function isFromEarlier(thrown: unknown): boolean {
  if (!(thrown instanceof Stripe.errors.StripeError)) return false
  if (thrown instanceof Stripe.errors.StripeIdempotencyError) return thrown.statusCode === 400
  return thrown.headers?.['idempotent-replayed'] === 'true'
}
