import { createHash } from 'node:crypto'
import type { Db } from './deps.ts'
import { AuthRefusal } from './errors.ts'

export type Challenge = { code_challenge?: string; code_challenge_method?: 'plain' | 's256' }

type Exchanged = { userId: string; method: 'magiclink' | 'oauth' }

type FlowRow = {
  user_id: string
  code_challenge: string
  code_challenge_method: string
  authentication_method: Exchanged['method']
}

/** Remembers that a browser began a sign-in and will prove it is the same one (RFC 7636). */
export async function beginFlow(
  db: Db,
  userId: string,
  challenge: Challenge,
  method: 'magiclink' | 'oauth' = 'magiclink',
): Promise<void> {
  if (!challenge.code_challenge) return
  await db`
    insert into auth.flow_state (user_id, code_challenge, code_challenge_method, authentication_method)
    values (${userId}, ${challenge.code_challenge}, ${challenge.code_challenge_method ?? 'plain'}, ${method})`
}

/** The code that the browser exchanges for a session once the link was opened. */
export async function issueAuthCode(db: Db, userId: string): Promise<string> {
  const code = crypto.randomUUID()
  await db`
    update auth.flow_state set auth_code = ${code}, auth_code_issued_at = now(), updated_at = now()
    where id = (select id from auth.flow_state where user_id = ${userId} and auth_code is null order by created_at desc limit 1)`
  return code
}

/** Uses up an auth code; the user whom it signs in, and how they proved it. */
export async function exchangeAuthCode(db: Db, code: string, verifier: string): Promise<Exchanged> {
  const [flow] = await db<FlowRow[]>`
    delete from auth.flow_state where auth_code = ${code} and auth_code_issued_at > now() - interval '5 minutes'
    returning user_id, code_challenge, code_challenge_method, authentication_method`
  if (!flow)
    throw new AuthRefusal(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found')
  const answer =
    flow.code_challenge_method === 's256'
      ? createHash('sha256').update(verifier).digest('base64url')
      : verifier
  if (answer !== flow.code_challenge) {
    throw new AuthRefusal(
      400,
      'bad_code_verifier',
      'code challenge does not match previously saved code verifier',
    )
  }
  return { userId: flow.user_id, method: flow.authentication_method }
}
