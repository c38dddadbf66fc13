import { z } from 'zod'
import { validationFailed } from './errors.ts'

/** Pieces of request bodies. Clients send null and '' for what they leave out. */
const absent = z.union([z.null(), z.literal('')]).transform(() => undefined)

const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('Unable to validate email address: invalid format'))

/** E.164 without the plus, as Supabase stores numbers. */
const phoneNumber = z
  .string()
  .transform((text) => text.replace(/[\s()+-]/g, ''))
  .pipe(z.string().regex(/^[1-9]\d{6,14}$/, 'Invalid phone number format (E.164 required)'))

export const email = z.union([absent, emailAddress]).optional()
export const phone = z.union([absent, phoneNumber]).optional()
export const password = z.union([absent, z.string().max(72)]).optional()
export const metadata = z.union([absent, z.record(z.string(), z.json())]).optional()
export const codeChallenge = {
  code_challenge: z.union([absent, z.string().min(43).max(128)]).optional(),
  code_challenge_method: z
    .union([
      absent,
      z
        .string()
        .toLowerCase()
        .pipe(z.enum(['plain', 's256'])),
    ])
    .optional(),
}

export type Metadata = Record<string, z.core.util.JSONType>

/** The body of a request, parsed; a client's mistake is answered with what is wrong. */
export async function parseBody<T>(
  request: { text: () => Promise<string> },
  schema: z.ZodType<T>,
): Promise<T> {
  const text = await request.text()
  let json: unknown
  try {
    json = text === '' ? {} : JSON.parse(text)
  } catch {
    throw validationFailed('Could not parse request body as JSON')
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw validationFailed(parsed.error.issues[0]?.message ?? 'Invalid request body')
  return parsed.data
}
