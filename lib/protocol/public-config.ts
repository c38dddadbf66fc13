/** Whether tips, or Plus, are on; in `test` no money moves. */
export type PaymentsMode = 'off' | 'test' | 'live'

/** What the browser needs to know of this installation; made per request on the server, nothing of it is built in. */
export type PublicConfig = {
  /** The address of Supabase as this browser can reach it. */
  supabaseUrl: string
  supabaseKey: string
  /** The app's own origin, as this browser sees it. */
  appUrl: string
  /** The longest track that everybody may upload; what one may oneself is asked for (`limitsSchema`). */
  maxTrackMinutes: number
  /** Whether the server encodes a file where a browser cannot. */
  encodesOriginals: boolean
  /** Turnstile's public key; null where no captcha is asked for. */
  captchaSiteKey: string | null
  /** What push services know this server by; null where Web Push is off. */
  vapidPublicKey: string | null
  payments: PaymentsMode
  plus: PaymentsMode
}

/** The cookie that holds the auth session; browser and server must agree, whatever Supabase's address is. */
export const authCookieName = 'whatssound-auth'

/** How everybody who sets that cookie does it: what came over HTTPS never travels without. `origin` is the app's own. */
export const authCookie = (origin: string) => ({ name: authCookieName, secure: origin.startsWith('https:') })
