import { existsSync } from 'node:fs'
import { parseServerEnv } from '#lib/env/server.ts'
import { serviceDb } from '../db/clients.ts'
import { reconcilePlus } from '../plus/reconcile-plus.ts'
import { createRevenueCatAccess } from '../revenuecat/revenuecat-access.ts'
import { createStripeAccess } from '../stripe/stripe-access.ts'
import { reconcile } from '../tips/reconcile.ts'
import { readOrEnd } from './configuration-error.ts'

/**
 * `npm run reconcile [days]`: looks up again what happened at Stripe in the last days, seven if not said otherwise, and
 * holds it against the tips and the books; and who has or had Plus in that time at RevenueCat. Prints what differs, and exits
 * with 1 if anything does. What had only been missed is put right on the way.
 */
const dayInMs = 24 * 60 * 60 * 1000

if (existsSync('.env')) process.loadEnvFile('.env')
const { env, days } = readOrEnd(() => ({ env: parseServerEnv(process.env), days: readDays(process.argv[2]) }))
const sinceInMs = Date.now() - days * dayInMs
const service = serviceDb(env)

const stripe = createStripeAccess(env)
if (stripe) report('tips', await reconcile({ access: stripe, service, tell: () => {} }, sinceInMs))
else console.log('Tips are off: STRIPE_SECRET_KEY is not set.')

const revenuecat = createRevenueCatAccess(env)
if (revenuecat) report('people with Plus', await reconcilePlus({ access: revenuecat, service }, sinceInMs))
else console.log('Plus is off: REVENUECAT_SECRET_KEY is not set.')

function report(what: string, { lookedUp, differences }: { lookedUp: number; differences: string[] }): void {
  for (const difference of differences) console.log(difference)
  console.log(`${lookedUp} ${what} looked up, ${differences.length} differences.`)
  if (differences.length > 0) process.exitCode = 1
}

/** @throws Error for people */
function readDays(text = '7'): number {
  const days = Number(text)
  if (Number.isInteger(days) && days > 0) return days
  throw new Error('How many days? A whole number: npm run reconcile 30')
}
