import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { StackAddresses } from '../stack.ts'

export type Person = { id: string; client: SupabaseClient; accessToken: string }

const withoutStorage = { auth: { persistSession: false, autoRefreshToken: false } }

/** A client with the secret key: every right. */
export function serviceClient(stack: StackAddresses): SupabaseClient {
  return createClient(stack.url, stack.secretKey, withoutStorage)
}

/** A client of somebody who is not signed in. */
export function anonymousClient(stack: StackAddresses): SupabaseClient {
  return createClient(stack.url, stack.publishableKey, withoutStorage)
}

/** Makes a person and signs them in. */
export async function signInSomebody(stack: StackAddresses): Promise<Person> {
  const email = `${randomUUID()}@example.com`
  const password = randomUUID()
  const { error } = await serviceClient(stack).auth.admin.createUser({ email, password, email_confirm: true })
  if (error) throw error
  const client = anonymousClient(stack)
  const signedIn = await client.auth.signInWithPassword({ email, password })
  if (signedIn.error) throw signedIn.error
  return { id: signedIn.data.user.id, client, accessToken: signedIn.data.session.access_token }
}

/** Signs a guest in, with metadata that the profile is made from. */
export async function signInGuest(stack: StackAddresses, data: object = {}): Promise<Person> {
  const client = anonymousClient(stack)
  const signedIn = await client.auth.signInAnonymously({ options: { data } })
  if (signedIn.error) throw signedIn.error
  const { user, session } = signedIn.data
  if (!user || !session) throw new Error('no session')
  return { id: user.id, client, accessToken: session.access_token }
}
