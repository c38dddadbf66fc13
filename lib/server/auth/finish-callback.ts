import { safePath } from '#lib/domain/navigation/safe-path.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { providers } from '#lib/protocol/sign-in.ts'
import type { Db } from '../db/clients.ts'
import { asCodedError } from '../http/error-response.ts'
import { authErrorToCoded } from './auth-error.ts'
import { replaceSession } from './replace-session.ts'

/** How a browser comes back: with a code (PKCE, RFC 7636), or with the reason why not (RFC 6749, 4.1.2.1). */
type Returned = {
  code?: string | undefined
  error?: string | undefined
  errorCode?: string | undefined
  next?: string | undefined
  provider?: string | undefined
}

/**
 * Ends what a link in an e-mail or a provider began; answers the path to go on at. The code is of use only to the browser
 * that began, which holds the verifier in a cookie: a link that was passed on signs nobody in.
 */
export async function finishCallback(db: Db, returned: Returned): Promise<string> {
  const next = safePath(returned.next)
  const refusal = await refusalOf(db, returned)
  if (!refusal) return next
  const { data } = await db.auth.getClaims()
  const provider = providers.find((name) => name === returned.provider)
  const query = new URLSearchParams({ problem: refusal, ...(provider && { provider }), next })
  return `${data ? '/account' : '/sign-in'}?${query}`
}

async function refusalOf(db: Db, { code, error, errorCode }: Returned): Promise<ErrorCode | null> {
  if (errorCode === 'identity_already_exists' || errorCode === 'email_exists') return 'address_taken'
  if (error || !code) return errorCode === 'otp_expired' ? 'code_wrong' : 'not_allowed'
  try {
    const answer = await replaceSession(db, () => db.auth.exchangeCodeForSession(code))
    return answer.error ? authErrorToCoded(answer.error).code : null
  } catch (thrown) {
    return asCodedError(thrown).code
  }
}
