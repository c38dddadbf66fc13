import type { Context } from 'hono'
import { RevenueCatRefusal } from './refusal.ts'

/** @throws RevenueCatRefusal where a request's address has parameters besides these */
export function refuseParameters({ req }: Context, ...known: string[]): void {
  const unknown = Object.keys(req.query()).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new RevenueCatRefusal(400, 7003, `Unknown parameters: ${unknown.join(', ')}`)
}
