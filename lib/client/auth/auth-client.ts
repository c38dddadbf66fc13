import type { SupabaseClient } from '@supabase/supabase-js'
import { createRequestJson, type RequestJson } from '#lib/client/session/session-api.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { type Profile, profileSchema } from '#lib/protocol/profile.ts'

/** For Realtime and Storage; everything else goes by our own routes. */
export type Supabase = SupabaseClient

export type AuthClient = {
  supabase: () => Promise<Supabase>
  /** Fetches JSON from our own routes as the signed-in person. @throws CodedError */
  request: RequestJson
  /** Renews the access token where it ran out or soon will. @throws CodedError where nobody could be asked */
  refreshAuth: () => Promise<void>
  /**
   * Signs in anonymously under a name, with a captcha's token where one is asked for; gives the new person's id. Supabase
   * Auth writes its e-mails in the language that an account has.
   * @throws CodedError
   */
  enterAsGuest: (displayName: string, locale: string, captchaToken?: string) => Promise<string>
  /** @throws CodedError */
  rename: (displayName: string) => Promise<Profile>
  /** Leaves this device; the page is to be loaded anew then. @throws CodedError */
  signOut: () => Promise<void>
}

/** Who is signed in on this browser, and how that changes. */
export function createAuthClient(supabase: SupabaseClient): AuthClient {
  // `getSession` renews an access token that has run out, or will within 90 s.
  const refreshAuth = async (): Promise<void> => {
    const { error } = await supabase.auth.getSession()
    const coded = error && toCodedError(error)
    if (coded?.code === 'unavailable') throw coded
  }
  const request = createRequestJson(refreshAuth)
  return {
    supabase: async () => supabase,
    request,
    refreshAuth,
    enterAsGuest: async (displayName, locale, captchaToken) => {
      const data = { display_name: displayName, locale }
      const { data: entered, error } = await supabase.auth.signInAnonymously({
        options: { data, ...(captchaToken && { captchaToken }) },
      })
      if (error) throw toCodedError(error)
      if (!entered.user) throw new CodedError('internal')
      return entered.user.id
    },
    rename: (displayName) => request('/api/me', profileSchema, { displayName }),
    signOut: async () => {
      const { error } = await supabase.auth.signOut({ scope: 'local' })
      if (error) throw toCodedError(error)
    },
  }
}

/** Auth answers with an HTTP status; a request that never arrived has status 0 or none. */
function toCodedError(error: { status?: number | undefined }): CodedError {
  if (error.status === 429) return new CodedError('rate_limited', { cause: error })
  if (!error.status || error.status >= 500) return new CodedError('unavailable', { cause: error })
  return new CodedError(error.status === 422 ? 'not_allowed' : 'invalid_input', { cause: error })
}
