import { randomInt } from 'node:crypto'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** An id as Stripe makes them: `ch_` and base62. */
export function makeId(prefix: string, length = 24): string {
  return prefix + Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
}

/** The time as Stripe tells it. */
export const nowInSeconds = (): number => Math.floor(Date.now() / 1000)
