import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import type { Answer, Request, Told } from './messages.ts'

/** The clients of one session, in their process. One request after the other. */
export type Clients = {
  ask: (request: Request) => Promise<Told | null>
  end: () => void
}

export function startClients(): Clients {
  const child = fork(path.join(import.meta.dirname, 'clients-process.ts'), { serialization: 'advanced' })
  return {
    ask: (request) => askOnce(child, request),
    end: () => void child.kill('SIGKILL'),
  }
}

function askOnce(child: ChildProcess, request: Request): Promise<Told | null> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('The process of the clients ended.'))
    child.once('exit', onExit)
    child.once('message', (answer: Answer) => {
      child.off('exit', onExit)
      if (answer.ok) resolve(answer.told)
      else reject(new Error(answer.why))
    })
    child.send(request)
  })
}
