import { pino } from 'pino'
import { describeError } from './describe-error.ts'

/** One line. An error goes into it as `err`. */
type WriteLine = {
  (said: object, message?: string): void
  (message: string): void
}

/** What our code says what happened with. Secrets never belong into a line. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', WriteLine> & {
  /** Says the same of every line. */
  child: (bindings: Record<string, unknown>) => Log
}

/** One JSON line per happening, on standard output. */
export const log = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: { service: 'app' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: describeError },
  redact: ['*.authorization', '*.cookie', '*.apikey', '*.access_token', '*.refresh_token'],
})
