import { serverEnv } from '#lib/env/server.ts'
import { readOrEnd } from './configuration-error.ts'
import { runInProcesses } from './server/run-in-processes.ts'
import { serveApp } from './server/serve-app.ts'
import { readServerSettings } from './server/settings.ts'

/** The app's process, in place of `next start` and `next dev`: says what its environment lacks, and serves. */
const settings = readOrEnd(() => {
  serverEnv()
  return readServerSettings(process.env)
})
await runInProcesses(settings, () => serveApp(settings))
