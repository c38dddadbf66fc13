import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { keepRunning } from '../keep-running.ts'

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

/** Longer than any part needs to end in order. */
const patienceInMs = 8_000

/**
 * Starts a part, and starts it again when it crashes. The part learns of our own end, however sudden, because
 * its IPC channel closes.
 */
export function startPart(options: PartOptions, report: PartReport): Part {
  const ready = Promise.withResolvers<void>()
  const start = () => {
    const child = spawn(process.execPath, options.args, {
      env: options.env,
      // A group of its own: Ctrl-C reaches us alone, and we end the parts in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => report.pass(options.name, line))
    }
    child.on('message', (message) => options.onMessage?.(message))
    const usable = options.isReady?.(child) ?? Promise.resolve()
    usable.then(ready.resolve, () => {})
    return child
  }
  const { failed, stop } = keepRunning({
    name: options.name,
    start,
    signal: signalGroup,
    patienceInMs,
    say: report.say,
  })
  failed.catch(ready.reject)
  ready.promise.catch(() => {})
  return { ready: ready.promise, failed, stop }
}

/** To a part and whatever it started itself. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) process.kill(-child.pid, signal)
}
