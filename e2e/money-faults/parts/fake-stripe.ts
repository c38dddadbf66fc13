import path from 'node:path'
import { endChild, startChild } from './child.ts'
import type { FakeControls } from './fake-process.ts'

/** What is asked of the fake's process: its controls, each a moment later. */
type Asked = {
  [Name in keyof FakeControls]: (
    ...args: Parameters<FakeControls[Name]>
  ) => Promise<Awaited<ReturnType<FakeControls[Name]>>>
}
export type FakeStripe = { url: string; control: Asked; stop: () => Promise<void> }

type Answer = { id: number; value?: unknown; error?: string }

/** Starts the fake in a process of its own. */
export async function startFakeStripe(env: NodeJS.ProcessEnv, lines: string[]): Promise<FakeStripe> {
  const file = path.join(import.meta.dirname, 'fake-process.ts')
  const { process: child, ready } = await startChild<{ url: string }>(file, env, lines)
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let count = 0
  child.on('message', ({ id, value, error }: Answer) => {
    const { resolve, reject } = waiting.get(id) ?? {}
    waiting.delete(id)
    if (error) reject?.(new Error(error))
    else resolve?.(value)
  })
  const ask = (name: string, args: unknown[]): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>()
    waiting.set(++count, answer)
    child.send({ id: count, name, args })
    return answer.promise
  }
  const control = new Proxy({} as Asked, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        ask(String(name), args),
  })
  return { url: ready.url, control, stop: () => endChild(child, 'SIGTERM') }
}
