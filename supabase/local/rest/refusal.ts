import type { VarsContext } from '@supabase/lite'
import postgres from 'postgres'
import { z } from 'zod'

/** What PostgREST answers with when the database refuses. */
type Body = { code: string; message: string; details: string | null; hint: string | null }

/** An error that carries its HTTP answer in the form that Hono looks for (`getResponse`). */
export class RefusedByDatabase extends Error {
  readonly #status: number
  readonly #body: Body

  constructor(status: number, body: Body) {
    super(body.message)
    this.#status = status
    this.#body = body
  }

  getResponse(): Response {
    return Response.json(this.#body, { status: this.#status })
  }
}

/** lite words these better itself: they need the request's table, or PostgREST's own syntax of RAISE. */
const leftToLite = /^(42703|42883|42P01|PGRST|PT)/

/**
 * Turns an error of PostgreSQL into PostgREST's answer. Errors that are lite's to answer come back without the
 * query and its parameters, because lite prints what it gets.
 */
export function forLite(error: unknown, vars: VarsContext | undefined): unknown {
  if (!(error instanceof postgres.PostgresError)) return error
  const { code, message, detail, hint } = error
  if (leftToLite.test(code)) return { code, message, detail, hint }
  const status = statusOf(code, roleOf(vars))
  return new RefusedByDatabase(status, { code, message, details: detail ?? null, hint: hint ?? null })
}

/** Source: PostgREST's reference, "Errors", table of PostgreSQL errors. */
const statusBySqlState: [RegExp, number][] = [
  [/^23503|^23505/, 409],
  [/^25006/, 405],
  [/^(08|53)/, 503],
  [/^(0L|0P|28)/, 403],
  [/^42P17|^(09|25|2D|38|39|3B|40|54|55|57|58|F0|HV|XX)/, 500],
  [/^P0(?!001)/, 500],
]

function statusOf(code: string, role: string): number {
  if (code === '42501') return role === 'anon' ? 401 : 403
  return statusBySqlState.find(([pattern]) => pattern.test(code))?.[1] ?? 400
}

const withRole = z.object({ auth: z.object({ role: z.string() }) })

function roleOf(vars: VarsContext | undefined): string {
  const parsed = withRole.safeParse(vars)
  return parsed.success ? parsed.data.auth.role : 'anon'
}
