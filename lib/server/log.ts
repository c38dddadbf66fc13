import { pino } from 'pino'
import { describeError } from './describe-error.ts'

/** One JSON line per happening, on standard output; secrets never belong into a log line. */
export const log = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: { service: 'app' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: describeError },
  redact: ['*.authorization', '*.cookie', '*.apikey', '*.access_token', '*.refresh_token'],
})

export type Log = typeof log
