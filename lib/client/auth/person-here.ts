import { authCookieName } from '#lib/protocol/public-config.ts'

/**
 * Whose auth session this browser holds, with or without a network; null for nobody's. Nothing of it is verified: it
 * only decides what this device shows of its own store.
 */
export function personHere(): string | null {
  return personIn(document.cookie)
}

/** @supabase/ssr keeps the session as base64url of JSON, in one cookie or in numbered pieces. */
export function personIn(cookies: string): string | null {
  const values = new Map(
    cookies.split('; ').map((pair) => pair.split('=', 2) as [string, string | undefined]),
  )
  let kept = values.get(authCookieName) ?? ''
  for (let i = 0; values.has(`${authCookieName}.${i}`); i++) kept += values.get(`${authCookieName}.${i}`)
  try {
    const json = atob(kept.replace('base64-', '').replaceAll('-', '+').replaceAll('_', '/'))
    const { user } = JSON.parse(json)
    return typeof user?.id === 'string' ? user.id : null
  } catch {
    return null
  }
}
