import { z } from 'zod'
import { isCurrency } from '../payments/currencies.ts'
import { invalidRequest, type StripeRefusal } from '../refusal.ts'
import type { FormFields } from './form.ts'

/** Pieces of parameter schemas: forms carry text, and each piece knows the code with which Stripe refuses. */
export const text = (maxLength = 5000) => z.string().min(1).max(maxLength)

/** Text that holds something, of which zod hands on the code. */
const checked = (isRight: (value: string) => boolean, error: string, code?: string) =>
  text().refine(isRight, { error, params: { code } })

export const integer = checked(
  (value) => /^-?\d{1,12}$/.test(value),
  'Invalid integer',
  'parameter_invalid_integer',
).transform(Number)
export const amount = checked(
  (value) => /^\d{1,12}$/.test(value),
  'Invalid non-negative integer',
  'parameter_invalid_integer',
).transform(Number)
export const positiveAmount = checked(
  (value) => /^[1-9]\d{0,11}$/.test(value),
  'Invalid positive integer',
  'parameter_invalid_integer',
).transform(Number)
export const boolean = z.enum(['true', 'false']).transform((value) => value === 'true')
export const currency = checked(isCurrency, 'Invalid currency')
export const country = checked((value) => /^[A-Z]{2}$/.test(value), 'Unknown country')
export const url = checked(
  (value) => /^https?:/.test(value) && URL.canParse(value),
  'Not a valid URL',
  'url_invalid',
)

/** `a[0]=…&a[1]=…` */
export const list = <Item extends z.ZodType>(item: Item, minLength = 0) =>
  z.preprocess(
    (value) => (typeof value === 'object' && value !== null ? Object.values(value) : value),
    z.array(item).min(minLength),
  )

/** docs.stripe.com/api/metadata: 50 keys of 40 characters, values of 500. */
export const metadata = z
  .record(text(40), text(500))
  .refine((pairs) => Object.keys(pairs).length <= 50, 'At most 50 keys of metadata')
  .default({})

export const expand = list(text()).default([])
export const readParameters = z.strictObject({ expand })

/** A page of a list (docs.stripe.com/api/pagination). */
export const pageParameters = {
  expand,
  limit: integer.pipe(z.number().min(1).max(100)).default(10),
  starting_after: text().optional(),
}

export type PageParameters = { limit: number; starting_after?: string | undefined }

/** Checks a request's parameters. @throws StripeRefusal that names the first that is wrong. */
export function checkParameters<T>(schema: z.ZodType<T>, fields: FormFields): T {
  const result = schema.safeParse(fields, { reportInput: true })
  if (result.success) return result.data
  throw refuse(result.error.issues[0])
}

function refuse(issue: z.core.$ZodIssue | undefined): StripeRefusal {
  if (!issue) return invalidRequest('Invalid request')
  const param = nameOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const unknown = nameOf([...issue.path, issue.keys[0] ?? ''])
    return invalidRequest(`Received unknown parameter: ${unknown}`, {
      code: 'parameter_unknown',
      param: unknown,
    })
  }
  if (issue.input === undefined)
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  if (issue.code === 'too_small' && issue.origin === 'string')
    return invalidRequest(`You passed an empty string for '${param}'.`, {
      code: 'parameter_invalid_empty',
      param,
    })
  const code = issue.code === 'custom' ? issue.params?.code : undefined
  return invalidRequest(`${issue.message}: ${param}`, { code, param })
}

/** `line_items[0][quantity]` */
function nameOf([first, ...rest]: PropertyKey[]): string {
  return String(first) + rest.map((name) => `[${String(name)}]`).join('')
}
