import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { tidyUpWith } from '../tidy-up.ts'

export type OwnProcess = { pid: number; child: ChildProcess; stop: () => Promise<void> }

const patienceInMs = 15_000

/** Starts a program of the product, quiet unless it complains. It ends with us, since its channel to us closes. */
export function startProcess(file: string, env: Record<string, string>): OwnProcess {
  const child = fork(file, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  })
  return {
    pid: child.pid ?? 0,
    child,
    stop: tidyUpWith(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), patienceInMs)
      await ended
      clearTimeout(force)
    }),
  }
}
