import postgres, { type Sql } from 'postgres'
import Stripe from 'stripe'
import { z } from 'zod'
import { parseServerEnv } from '#lib/env/server.ts'
import { actingAs, anonymousDb } from '#lib/server/db/clients.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import type { Parts } from '../parts/start-parts.ts'
import { askApp, persistently } from './ask-app.ts'

/** What all evenings share: the parts, and views of database and Stripe past the app. */
export type World = { parts: Parts; sql: Sql; stripe: Stripe }

/** A session whose DJ can be tipped, and the people in it. */
export type Evening = World & {
  sessionId: string
  dj: SeededPerson
  accountId: string
  givers: readonly SeededPerson[]
  /** One strike at a time: what it hits is whole again before the next. */
  alone: <T>(act: () => Promise<T>) => Promise<T>
  /** Strikes that hit, by what they were. */
  struck: string[]
}

/** The world around parts that run; whoever has it ends `sql`. */
export function openWorld(parts: Parts): World {
  const { port, hostname: host } = new URL(parts.fake.url)
  const stripe = new Stripe(parts.env.STRIPE_SECRET_KEY ?? '', { host, port, protocol: 'http' })
  return { parts, sql: postgres(parts.supabase.dbUrl, { max: 3, onnotice: () => {} }), stripe }
}

/** Opens a session with these people, of whom the first is the DJ. */
export async function openEvening(world: World, people: readonly SeededPerson[]): Promise<Evening> {
  const { parts, sql } = world
  const [dj, ...givers] = people
  if (!dj) throw new Error('There is nobody.')
  const db = anonymousDb(parseServerEnv(parts.env))
  const call = async (person: SeededPerson, name: 'create_session' | 'join_session', args: object) => {
    const { data, error } = await actingAs(db, person.accessToken).rpc(name, args as never)
    if (error) throw error
    return data
  }
  const created = await call(dj, 'create_session', { p_title: 'Noche de propinas' })
  const { id: sessionId } = z.object({ id: z.uuid() }).parse(created)
  for (const giver of givers) await call(giver, 'join_session', { p_session_id: sessionId })

  const { control } = parts.fake
  await persistently(() => askApp(`${parts.appUrl}/onboard/${dj.userId}`, z.unknown(), { body: {} }))
  const [account] = await sql<{ id: string }[]>`
    select account_id as id from dj_payment_accounts where user_id = ${dj.userId}`
  if (!account) throw new Error('The DJ has no account.')
  await control.completeOnboarding(account.id)
  await control.settled()

  let last: Promise<unknown> = Promise.resolve()
  return {
    ...{ ...world, sessionId, dj, accountId: account.id, givers, struck: [] },
    alone: (act) => {
      const turn = last.then(act)
      last = turn.catch(() => {})
      return turn
    },
  }
}
