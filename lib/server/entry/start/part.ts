import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { nextRestartDelayInMs } from './restart.ts'

/** A process that belongs to the product: how to start it, and how to know that it is usable. */
export type PartOptions = {
  name: string
  /** Arguments for Node: a file and its own arguments. */
  args: string[]
  env: NodeJS.ProcessEnv
  /** Resolves when the part is usable; a part without it counts as usable once it runs. */
  isReady?: (child: ChildProcess) => Promise<void>
  onMessage?: (message: unknown) => void
}

export type Part = {
  /** Resolves when the part is usable for the first time. */
  ready: Promise<void>
  /** Rejects when the part keeps crashing, or says that starting again is of no use. */
  failed: Promise<never>
  stop: () => Promise<void>
}

export type PartReport = { say: (message: string) => void; pass: (part: string, text: string) => void }

/** sysexits.h: the part cannot run as it is configured, so starting it again is of no use. */
const configurationError = 78
/** Longer than any part needs to end in order. */
const patienceInMs = 8_000

/**
 * Starts a part, and starts it again when it crashes. The part learns of our own end, however sudden, because
 * its IPC channel closes.
 */
export function startPart(options: PartOptions, report: PartReport): Part {
  let child: ChildProcess
  let stopping = false
  const ready = Promise.withResolvers<void>()
  const failed = Promise.withResolvers<never>()
  const crashes: number[] = []
  failed.promise.catch(ready.reject)
  ready.promise.catch(() => {})

  const run = () => {
    child = spawn(process.execPath, options.args, {
      env: options.env,
      // A group of its own: Ctrl-C reaches us alone, and we end the parts in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => report.pass(options.name, line))
    }
    child.on('message', (message) => options.onMessage?.(message))
    child.once('exit', (code, signal) => onExit(code, signal))
    child.once('error', (error) => failed.reject(error))
    const usable = options.isReady?.(child) ?? Promise.resolve()
    usable.then(ready.resolve, () => {})
  }

  const onExit = async (code: number | null, signal: NodeJS.Signals | null) => {
    if (stopping) return
    const why = signal ?? `exit code ${code}`
    if (code === configurationError) return failed.reject(new Error(`${options.name} cannot start.`))
    crashes.push(Date.now())
    const waitInMs = nextRestartDelayInMs(crashes, Date.now())
    if (waitInMs === null) {
      return failed.reject(new Error(`${options.name} ended ${crashes.length} times (${why}). Giving up.`))
    }
    report.say(`${options.name} ended unexpectedly (${why}); starting it again in ${waitInMs / 1000} s`)
    await delay(waitInMs)
    if (!stopping) run()
  }

  run()
  return {
    ready: ready.promise,
    failed: failed.promise,
    stop: () => {
      stopping = true
      return endGroup(child)
    },
  }
}

/** Ends a part and whatever it started itself. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const group = -child.pid
  process.kill(group, 'SIGTERM')
  const force = setTimeout(() => process.kill(group, 'SIGKILL'), patienceInMs)
  await ended
  clearTimeout(force)
}
