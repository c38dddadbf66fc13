type ErrorBody = { type: string; message: string; code?: string; param?: string }

/** A refusal in Stripe's form (docs.stripe.com/api/errors). */
export class StripeRefusal extends Error {
  readonly status: number
  readonly body: ErrorBody

  constructor(status: number, body: ErrorBody) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

/** A request that is wrong in itself, or that a rule forbids. */
export const invalidRequest = (message: string, details: { code?: string; param?: string } = {}) =>
  new StripeRefusal(400, { type: 'invalid_request_error', message, ...details })

/** Something named that is not there. */
export const noSuch = (kind: string, id: string, param = 'id') =>
  new StripeRefusal(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message: `No such ${kind}: '${id}'`,
  })

/** What goes wrong at Stripe. */
export const apiError = (status: number, message: string) =>
  new StripeRefusal(status, { type: 'api_error', message })

/** Looks a record up. @throws StripeRefusal 404 */
export function find<Kept>(records: Record<string, Kept>, id: string, kind: string, param?: string): Kept {
  const record = Object.hasOwn(records, id) ? records[id] : undefined
  if (!record) throw noSuch(kind, id, param)
  return record
}
