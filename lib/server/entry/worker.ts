import { parseWorkerEnv } from '#lib/env/server.ts'
import { log as productLog } from '../log.ts'
import { runWorker } from '../worker/run-worker.ts'
import { readOrEnd } from './configuration-error.ts'
import { endInOrder } from './end-in-order.ts'

/** The worker's process: parses the environment, runs, says when it is ready, and ends in order when asked to. */
const log = productLog.child({ part: 'worker' })
const env = readOrEnd(() => parseWorkerEnv(process.env))
const worker = await runWorker(env, log)
log.info('ready')
process.send?.({ type: 'ready' })

endInOrder(async () => {
  log.info('ending')
  await worker.stop()
})
