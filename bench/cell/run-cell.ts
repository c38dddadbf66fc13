import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { type Load, startLoad } from '../load/start-load.ts'
import { cpuInMs, machineBusyInMs, residentInKb } from '../measure/processes.ts'
import { type Rates, sendFor } from './cadence.ts'
import type { Target } from './target.ts'

export type CellPlan = Rates & { readers: number; durationInMs: number; warmUpInMs: number }

export type CellResult = {
  name: string
  readers: number
  chatPerSecond: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
  /** Durable messages at all readers. */
  delivered: number
  expected: number
  doubled: number
  missed: number
  invalid: number
  parsed: number
  closed: number
  /** CPU of the processes that hold the readers, for each chat message at a reader. */
  cpuUsPerDelivery: number
  /** The same with everything behind them: database, gateway, Realtime. */
  stackCpuUsPerDelivery: number
  loadCpuShare: number
  /** CPU that none of our processes took, of all that the machine has. */
  othersCpuShare: number
  /** Others took so much that the figures say little. */
  isContended: boolean
  kBPerConnection: number
  connectMs: number
  errors: string[]
}

const contendedFrom = 0.1
const tailPatienceInMs = 15_000

/** Fills a room with readers, speaks in it, and says what arrived when and at what cost. */
export async function runCell(target: Target, plan: CellPlan): Promise<CellResult> {
  const load = startLoad()
  try {
    return await measure(target, plan, load)
  } finally {
    await load.stop()
  }
}

async function measure(target: Target, plan: CellPlan, load: Load): Promise<CellResult> {
  const residentBefore = residentInKb(target.fanOutPids())
  const arrival = await load.enter(target.readers, plan.readers)
  await delay(2000)
  const residentAfter = residentInKb(target.fanOutPids())

  const warmUp = await sendFor(target, plan, plan.warmUpInMs)
  await untilDelivered(load, warmUp.chat * plan.readers)
  await load.reset()

  const read = () => ({
    fanOut: cpuInMs(target.fanOutPids()),
    support: cpuInMs(target.supportPids()),
    load: cpuInMs([load.pid]),
    own: cpuInMs([process.pid]),
    machine: machineBusyInMs(),
    at: performance.now(),
  })
  const before = read()
  const sent = await sendFor(target, plan, plan.durationInMs)
  const expected = sent.chat * plan.readers
  await untilDelivered(load, expected)
  const after = read()
  const seen = await load.report()

  const used = (name: keyof typeof before): number => after[name] - before[name]
  const capacity = used('at') * availableParallelism()
  const ours = used('fanOut') + used('support') + used('load') + used('own')
  const othersCpuShare = Math.max(0, used('machine') - ours) / capacity
  return {
    name: target.name,
    readers: plan.readers,
    chatPerSecond: plan.chatPerSecond,
    p50Ms: seen.p50Ms,
    p95Ms: seen.p95Ms,
    p99Ms: seen.p99Ms,
    maxMs: seen.maxMs,
    delivered: seen.delivered,
    expected,
    doubled: seen.doubled,
    missed: seen.missed,
    invalid: seen.invalid,
    parsed: seen.parsed,
    closed: seen.closed,
    cpuUsPerDelivery: (used('fanOut') * 1000) / seen.delivered,
    stackCpuUsPerDelivery: ((used('fanOut') + used('support')) * 1000) / seen.delivered,
    loadCpuShare: used('load') / capacity,
    othersCpuShare,
    isContended: othersCpuShare > contendedFrom,
    kBPerConnection: (residentAfter - residentBefore) / plan.readers,
    connectMs: arrival.tookMs,
    errors: [...arrival.errors, ...[...sent.errors].map(([why, times]) => `${times} x ${why}`)],
  }
}

/** The last message may still be on its way; what has not come by then does not come. */
async function untilDelivered(load: Load, expected: number): Promise<void> {
  const until = performance.now() + tailPatienceInMs
  while (performance.now() < until && (await load.report()).delivered < expected) await delay(100)
}
