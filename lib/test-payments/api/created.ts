import { z } from 'zod'
import { integer } from './parameters.ts'

const bound = integer.optional()
const range = z.strictObject({ gt: bound, gte: bound, lt: bound, lte: bound })
type Range = z.infer<typeof range>

/** `created=…`, or `created[gte]=…` and the like. */
export const created = z.union([integer.transform((at): Range => ({ gte: at, lte: at })), range]).default({})

export function isWithin(seconds: number, { gt, gte, lt, lte }: Range): boolean {
  return (
    seconds > (gt ?? -Infinity) &&
    seconds >= (gte ?? -Infinity) &&
    seconds < (lt ?? Infinity) &&
    seconds <= (lte ?? Infinity)
  )
}
