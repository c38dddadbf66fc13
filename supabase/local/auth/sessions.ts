import { randomBytes } from 'node:crypto'
import type { AuthDeps, Db } from './deps.ts'
import { AuthRefusal } from './errors.ts'
import { presentUser } from './present.ts'
import { settings } from './settings.ts'
import { getById, type User, updateUser } from './users.ts'

/** How somebody proved who they are (the claim `amr`, RFC 8176 in spirit). */
export type Method = 'anonymous' | 'password' | 'otp' | 'magiclink' | 'oauth' | 'recovery' | 'email_change'

/** Begins a session: signs a user in on one device. */
export async function beginSession(deps: AuthDeps, db: Db, user: User, method: Method, userAgent?: string) {
  refuseBanned(user)
  const [session] = await db<{ id: string }[]>`
    insert into auth.sessions (user_id, aal, user_agent) values (${user.id}, 'aal1', ${userAgent ?? null}) returning id`
  if (!session) throw new AuthRefusal(500, 'unexpected_failure', 'The session was not stored')
  await db`insert into auth.mfa_amr_claims (session_id, authentication_method) values (${session.id}, ${method})`
  const refreshToken = await addRefreshToken(db, session.id, user.id)
  const signedIn = await updateUser(db, user.id, { last_sign_in_at: new Date() })
  return presentSession(deps, db, signedIn, session.id, refreshToken)
}

/**
 * Exchanges a refresh token for a new pair. Each works once (RFC 9700, section 4.14.2): a second use ends the
 * session, because one of the two users is not the rightful one. Excepted are a short grace for tabs that race,
 * and the parent of the newest token, because then its answer got lost on the way.
 */
export async function refreshSession(deps: AuthDeps, token: string) {
  const outcome = await deps.sql.begin(async (db) => {
    const [found] = await db<{ session_id: string; user_id: string }[]>`
      select session_id, user_id from auth.refresh_tokens where token = ${token}`
    if (!found) throw notFound()
    // One refresh of a session at a time; the second sees what the first did.
    const [session] = await db`select id from auth.sessions where id = ${found.session_id} for update`
    const [row] = await db<{ revoked: boolean; fresh: boolean }[]>`
      select revoked, updated_at > now() - make_interval(secs => ${settings.refreshReuseInSeconds}) as fresh
      from auth.refresh_tokens where token = ${token}`
    if (!session || !row) throw notFound()
    const user = await getById(db, found.user_id)
    refuseBanned(user)
    const newToken = row.revoked
      ? await newestToken(db, found.session_id, token, row.fresh)
      : await addRefreshToken(db, found.session_id, user.id, token)
    if (!newToken) {
      await db`delete from auth.sessions where id = ${found.session_id}`
      return null
    }
    await db`update auth.sessions set refreshed_at = now() at time zone 'utc', updated_at = now() where id = ${found.session_id}`
    return presentSession(deps, db, user, found.session_id, newToken)
  })
  if (!outcome)
    throw new AuthRefusal(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used')
  return outcome
}

/** The token that replaced a used one, if the used one may be presented once more. */
async function newestToken(db: Db, sessionId: string, used: string, fresh: boolean): Promise<string | null> {
  const [newest] = await db<{ token: string; parent: string | null }[]>`
    select token, parent from auth.refresh_tokens where session_id = ${sessionId} and not revoked order by id desc limit 1`
  return newest && (fresh || newest.parent === used) ? newest.token : null
}

async function addRefreshToken(db: Db, sessionId: string, userId: string, parent?: string): Promise<string> {
  const token = randomBytes(18).toString('base64url')
  if (parent)
    await db`update auth.refresh_tokens set revoked = true, updated_at = now() where token = ${parent}`
  await db`
    insert into auth.refresh_tokens (token, user_id, session_id, parent)
    values (${token}, ${userId}, ${sessionId}, ${parent ?? null})`
  return token
}

async function presentSession(deps: AuthDeps, db: Db, user: User, sessionId: string, refreshToken: string) {
  const amr = await db<{ method: string; timestamp: number }[]>`
    select authentication_method as method, extract(epoch from created_at)::int as timestamp
    from auth.mfa_amr_claims where session_id = ${sessionId}`
  const now = Math.floor(Date.now() / 1000)
  const expiresAt = now + settings.jwtExpiryInSeconds
  const accessToken = await deps.tokens.sign({
    iss: deps.url,
    sub: user.id,
    aud: user.aud,
    exp: expiresAt,
    iat: now,
    email: user.email ?? '',
    phone: user.phone ?? '',
    app_metadata: user.raw_app_meta_data,
    user_metadata: user.raw_user_meta_data,
    role: user.role,
    aal: 'aal1',
    amr: [...amr],
    session_id: sessionId,
    is_anonymous: user.is_anonymous,
  })
  return {
    access_token: accessToken,
    token_type: 'bearer' as const,
    expires_in: settings.jwtExpiryInSeconds,
    expires_at: expiresAt,
    refresh_token: refreshToken,
    user: await presentUser(db, user),
  }
}

function refuseBanned(user: User): void {
  if (user.banned_until && user.banned_until > new Date()) {
    throw new AuthRefusal(400, 'user_banned', 'User is banned')
  }
}

const notFound = () =>
  new AuthRefusal(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found')
