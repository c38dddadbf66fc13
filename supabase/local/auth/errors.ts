import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal in the form of Supabase Auth; the codes are listed in auth-js, `lib/error-codes.ts`. */
export class AuthRefusal extends Error {
  readonly status: ContentfulStatusCode
  readonly code: string

  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  toJSON() {
    return { code: this.status, error_code: this.code, msg: this.message }
  }
}

export const invalidCredentials = () =>
  new AuthRefusal(400, 'invalid_credentials', 'Invalid login credentials')
export const captchaFailed = (reason: string) =>
  new AuthRefusal(400, 'captcha_failed', `captcha protection: request disallowed (${reason})`)
export const tooManyRequests = () =>
  new AuthRefusal(429, 'over_request_rate_limit', 'Request rate limit reached')
export const tooManyTexts = () => new AuthRefusal(429, 'over_sms_send_rate_limit', 'SMS rate limit exceeded')
export const otpExpired = () => new AuthRefusal(403, 'otp_expired', 'Token has expired or is invalid')
export const userNotFound = () => new AuthRefusal(404, 'user_not_found', 'User not found')
export const validationFailed = (message: string) => new AuthRefusal(400, 'validation_failed', message)
export const emailExists = () =>
  new AuthRefusal(422, 'email_exists', 'A user with this email address has already been registered')
export const identityExists = () =>
  new AuthRefusal(422, 'identity_already_exists', 'Identity is already linked to another user')
export const phoneExists = () =>
  new AuthRefusal(422, 'phone_exists', 'A user with this phone number has already been registered')
