import { z } from 'zod'

export const port = z.coerce.number().int().min(1).max(65_535)

/**
 * Reads what a process of ours needs of its environment; a variable that is empty counts as absent.
 *
 * @throws an Error for people when a variable makes no sense
 */
export function readEnvironment<T>(schema: z.ZodType<T>, env: NodeJS.ProcessEnv): T {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`The environment variable ${issue?.path.join('.')} is not usable: ${issue?.message}`)
}
