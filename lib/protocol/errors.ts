import { z } from 'zod'

/**
 * Every refusal that a person can meet, with its HTTP status. SQL raises the same codes as the message of SQLSTATE
 * `P0001`; the texts for people are in `lib/i18n/messages` under `errors.<code>`.
 */
export const statusByErrorCode = {
  invalid_input: 400,
  code_wrong: 400,
  push_service_unknown: 400,
  not_signed_in: 401,
  not_allowed: 403,
  bad_origin: 403,
  banned: 403,
  muted: 403,
  invitation_invalid: 403,
  code_void: 403,
  captcha_failed: 403,
  country_not_served: 403,
  sign_in_off: 403,
  tips_off: 403,
  plus_off: 403,
  not_found: 404,
  session_ended: 409,
  stale: 409,
  lease_lost: 409,
  on_air: 409,
  command_conflict: 409,
  already_queued: 409,
  handle_taken: 409,
  handle_reserved: 409,
  name_reserved: 409,
  address_taken: 409,
  track_not_published: 409,
  upload_incomplete: 409,
  queue_full: 409,
  tip_disputed: 409,
  too_large: 413,
  rate_limited: 429,
  texts_spent: 429,
  internal: 500,
  not_configured: 501,
  unavailable: 503,
  crowded: 503,
} as const

export type ErrorCode = keyof typeof statusByErrorCode

export const errorCodes = Object.keys(statusByErrorCode) as [ErrorCode, ...ErrorCode[]]

export const refusalSchema = z.object({
  code: z.enum(errorCodes),
  /** Where the code is `invalid_input`: the path of the field that was refused. */
  field: z.string().optional(),
  retryAfterInMs: z.number().nonnegative().optional(),
})
export type Refusal = z.infer<typeof refusalSchema>

/** The body of every refused request: `{ error: { code, retryAfterInMs?, field? } }`. */
export const errorBodySchema = z.object({ error: refusalSchema })
export type ErrorBody = z.infer<typeof errorBodySchema>

/** An expected refusal on its way to a person. */
export class CodedError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly retryAfterInMs: number | undefined

  constructor(
    code: ErrorCode,
    options: { field?: string | undefined; retryAfterInMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(code, { cause: options.cause })
    this.name = 'CodedError'
    this.code = code
    this.field = options.field
    this.retryAfterInMs = options.retryAfterInMs
  }
}
