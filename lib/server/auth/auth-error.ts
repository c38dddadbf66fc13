import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'

/** Supabase Auth's own codes (auth-js, `error-codes.ts`) that mean something to a person. */
const codeByAuthCode: Readonly<Record<string, ErrorCode>> = {
  otp_expired: 'code_wrong',
  otp_disabled: 'sign_in_off',
  flow_state_not_found: 'code_wrong',
  flow_state_expired: 'code_wrong',
  bad_code_verifier: 'code_wrong',
  phone_exists: 'address_taken',
  email_exists: 'address_taken',
  identity_already_exists: 'address_taken',
  user_already_exists: 'address_taken',
  phone_provider_disabled: 'sign_in_off',
  email_provider_disabled: 'sign_in_off',
  anonymous_provider_disabled: 'sign_in_off',
  provider_disabled: 'sign_in_off',
  oauth_provider_not_supported: 'sign_in_off',
  manual_linking_disabled: 'sign_in_off',
  signup_disabled: 'sign_in_off',
  captcha_failed: 'captcha_failed',
  over_request_rate_limit: 'rate_limited',
  over_sms_send_rate_limit: 'rate_limited',
  over_email_send_rate_limit: 'rate_limited',
  user_banned: 'not_allowed',
  no_authorization: 'not_signed_in',
  session_not_found: 'not_signed_in',
  session_expired: 'not_signed_in',
  user_not_found: 'not_signed_in',
}

type AuthError = { name: string; code?: string | undefined; status?: number | undefined }

/** What Supabase Auth refused, as a refusal of ours. */
export function authErrorToCoded(error: AuthError): CodedError {
  const known = codeByAuthCode[error.code ?? '']
  if (known) return new CodedError(known, { cause: error })
  if (error.name === 'AuthSessionMissingError') return new CodedError('not_signed_in', { cause: error })
  if (error.status === 429) return new CodedError('rate_limited', { cause: error })
  if (!error.status || error.status >= 500) return new CodedError('unavailable', { cause: error })
  return new CodedError('invalid_input', { cause: error })
}
