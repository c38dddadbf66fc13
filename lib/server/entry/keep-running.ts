import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { configurationError } from './configuration-error.ts'
import { nextRestartDelayInMs } from './restart.ts'

export type KeepRunningOptions = {
  name: string
  start: () => ChildProcess
  signal: (child: ChildProcess, signal: NodeJS.Signals) => void
  /** How long a process that was asked to end may take. */
  patienceInMs: number
  say: (message: string) => void
}

export type KeptRunning = {
  /** Rejects when the process keeps crashing, or says that starting again is of no use. */
  failed: Promise<never>
  /** Asks the process to end, and waits until it has. */
  stop: () => Promise<void>
}

/** Starts a process, and starts it again when it crashes. */
export function keepRunning({ name, start, signal, patienceInMs, say }: KeepRunningOptions): KeptRunning {
  let child: ChildProcess
  let stopping = false
  const failed = Promise.withResolvers<never>()
  const crashes: number[] = []

  const run = () => {
    child = start()
    child.once('exit', onExit)
    child.once('error', failed.reject)
  }

  const onExit = async (code: number | null, signalName: NodeJS.Signals | null) => {
    if (stopping) return
    const why = signalName ?? `exit code ${code}`
    if (code === configurationError) return failed.reject(new Error(`${name} cannot start.`))
    crashes.push(Date.now())
    const waitInMs = nextRestartDelayInMs(crashes, Date.now())
    if (waitInMs === null) {
      return failed.reject(new Error(`${name} ended ${crashes.length} times (${why}). Giving up.`))
    }
    say(`${name} ended unexpectedly (${why}); starting it again in ${waitInMs / 1000} s`)
    await delay(waitInMs)
    if (!stopping) run()
  }

  const stop = async () => {
    stopping = true
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    signal(child, 'SIGTERM')
    const force = setTimeout(() => signal(child, 'SIGKILL'), patienceInMs)
    await ended
    clearTimeout(force)
  }

  run()
  return { failed: failed.promise, stop }
}
