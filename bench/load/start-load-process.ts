import { fork } from 'node:child_process'
import path from 'node:path'
import type { ArrivalReport, Attention } from './crowd.ts'
import type { ReaderSpec } from './dialects/dialect.ts'
import type { Order } from './load-process.ts'
import type { LoadReport } from './tally.ts'

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** Starts one process of readers. */
export function startLoadProcess(attention: Attention) {
  const child = fork(path.join(import.meta.dirname, 'load-process.ts'), [attention], { detached: true })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.on('message', ({ id, answer }: { id: number; answer: unknown }) => waiting.get(id)?.resolve(answer))
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The load generator ended.'))
  })
  const ask = async <T>(order: WithoutId<Order>): Promise<T> => {
    const id = ++lastId
    const answer = Promise.withResolvers<unknown>()
    waiting.set(id, answer)
    child.send({ id, ...order })
    return (await answer.promise.finally(() => waiting.delete(id))) as T
  }
  return {
    pid: child.pid ?? 0,
    enter: (spec: ReaderSpec, count: number, atOnce: number) =>
      ask<ArrivalReport>({ kind: 'enter', spec, count, atOnce }),
    report: () => ask<LoadReport>({ kind: 'report' }),
    reset: () => ask<void>({ kind: 'reset' }),
    stop: async () => {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
