import { existsSync } from 'node:fs'
import { parseServerEnv } from '#lib/env/server.ts'
import { serviceDb } from '../db/clients.ts'
import { createStripeAccess } from '../stripe/stripe-access.ts'
import { reconcile } from '../tips/reconcile.ts'
import { readOrEnd } from './configuration-error.ts'

/**
 * `npm run reconcile [days]`: looks up again what happened at Stripe in the last days, seven if not said otherwise, and
 * holds it against the tips and the books. Prints what differs, and exits with 1 if anything does. What had only been
 * missed is put right on the way.
 */
const dayInMs = 24 * 60 * 60 * 1000

if (existsSync('.env')) process.loadEnvFile('.env')
const { env, days } = readOrEnd(() => ({ env: parseServerEnv(process.env), days: readDays(process.argv[2]) }))
const access = createStripeAccess(env)
if (access) {
  const sinceInMs = Date.now() - days * dayInMs
  const { lookedUp, differences } = await reconcile(
    { access, service: serviceDb(env), tell: () => {} },
    sinceInMs,
  )
  for (const difference of differences) console.log(difference)
  console.log(`${lookedUp} tips looked up, ${differences.length} differences.`)
  process.exitCode = differences.length > 0 ? 1 : 0
} else console.log('Tips are off: STRIPE_SECRET_KEY is not set.')

/** @throws Error for people */
function readDays(text = '7'): number {
  const days = Number(text)
  if (Number.isInteger(days) && days > 0) return days
  throw new Error('How many days? A whole number: npm run reconcile 30')
}
