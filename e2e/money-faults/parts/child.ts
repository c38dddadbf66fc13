import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A process of ours: what it said when it was ready, and the process to be killed. */
export type Child<Ready> = { process: ChildProcess; ready: Ready }

const linesKept = 200

/** Starts `file` by Node and waits until it sends `{ready}`. What it prints goes to `lines`, of which the newest are kept. */
export async function startChild<Ready>(
  file: string,
  env: NodeJS.ProcessEnv,
  lines: string[],
): Promise<Child<Ready>> {
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (lines.length > linesKept) lines.shift()
    })
  }
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${file} ended.\n${lines.join('\n')}`)))
    child.on('message', (message: { ready?: Ready }) => {
      if (message.ready) resolve(message.ready)
    })
  })
  return { process: child, ready }
}

/** Ends a process, and resolves once it has ended. */
export async function endChild(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
