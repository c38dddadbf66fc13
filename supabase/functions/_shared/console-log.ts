import type { ServerEnv } from '#lib/env/server.ts'
import { describeError } from '#lib/server/describe-error.ts'
import type { Log } from '#lib/server/log.ts'

const levels: ServerEnv['LOG_LEVEL'][] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** The same JSON lines as in Node, where pino writes them, by what an Edge Function has for it. */
export function createConsoleLog(level: ServerEnv['LOG_LEVEL'], bindings: Record<string, unknown>): Log {
  const at = (name: 'debug' | 'info' | 'warn' | 'error') => (said: object | string, message?: string) => {
    if (levels.indexOf(name) < levels.indexOf(level)) return
    const line = typeof said === 'string' ? { msg: said } : { ...said, msg: message }
    console[name](JSON.stringify({ level: name, time: new Date(), ...bindings, ...line }, withoutErrors))
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (more) => createConsoleLog(level, { ...bindings, ...more }),
  }
}

function withoutErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? describeError(value) : value
}
