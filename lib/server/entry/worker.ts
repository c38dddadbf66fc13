import { parseWorkerEnv, type WorkerEnv } from '#lib/env/server.ts'
import { log as productLog } from '../log.ts'
import { runWorker } from '../worker/run-worker.ts'

/** The worker's process: parses the environment, runs, says when it is ready, and ends in order when asked to. */
const log = productLog.child({ part: 'worker' })
/** sysexits.h: wrongly configured, so that starting it again is of no use. */
const configurationError = 78

function readEnv(): WorkerEnv {
  try {
    return parseWorkerEnv(process.env)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(configurationError)
  }
}

const worker = await runWorker(readEnv(), log)
log.info('ready')
process.send?.({ type: 'ready' })

let isEnding = false
async function end() {
  if (isEnding) return
  isEnding = true
  log.info('ending')
  await worker.stop()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end)
// The supervisor is gone, however suddenly.
process.on('disconnect', end)
