import cluster from 'node:cluster'
import type { Log } from '../../log.ts'
import { relayBetweenSiblings } from '../../realtime/siblings.ts'
import { appFlags } from '../app-flags.ts'
import { type KeptRunning, keepRunning } from '../keep-running.ts'
import { letForksStartTogether } from './start-together.ts'

/** Longer than a process needs to end in order, shorter than the supervisor waits for all of them. */
const patienceInMs = 7_500

/**
 * Runs this program `count` times behind one port, and replaces a process that crashes. A connection stays where it was
 * dealt out to: what a crash makes uneven, the hourly renewal of the streams evens out.
 */
export function runProcesses(count: number, log: Log): KeptRunning {
  cluster.setupPrimary({ execArgv: [...process.execArgv, ...appFlags] })
  letForksStartTogether(count)
  relayBetweenSiblings()
  const processes = Array.from({ length: count }, (_, index) =>
    keepRunning({
      name: `app process ${index + 1}`,
      start: () => cluster.fork().process,
      signal: (child, signal) => child.kill(signal),
      patienceInMs,
      say: (message) => log.warn(message),
    }),
  )
  return {
    failed: Promise.race(processes.map((kept) => kept.failed)),
    stop: async () => {
      await Promise.all(processes.map((kept) => kept.stop()))
    },
  }
}
