import { z } from 'zod'
import { port, readEnvironment } from '../read-environment.ts'

const environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().optional(),
  NODE_ENV: z.string().optional(),
  APP_PROCESSES: z.coerce.number().int().min(1).max(256).default(1),
  METRICS_PORT: port.optional(),
})

export type ServerSettings = {
  port: number
  /** The interface to listen on; every one where it is undefined. */
  host: string | undefined
  /** Next's development server instead of a build. */
  dev: boolean
  /** Processes that share the port. */
  processes: number
  /** Where the metrics are served, on loopback; undefined: nowhere. */
  metricsPort: number | undefined
}

/** @throws an Error for people when a variable makes no sense */
export function readServerSettings(env: NodeJS.ProcessEnv): ServerSettings {
  const { PORT, HOST, NODE_ENV, APP_PROCESSES, METRICS_PORT } = readEnvironment(environment, env)
  const dev = NODE_ENV === 'development'
  // Next's development servers would write each other's `.next/dev`.
  return { port: PORT, host: HOST, dev, processes: dev ? 1 : APP_PROCESSES, metricsPort: METRICS_PORT }
}
