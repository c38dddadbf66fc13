import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { type Load, startLoad } from '../load/start-load.ts'
import { cpuInMs, machineBusyInMs, residentInKb } from '../measure/processes.ts'
import { type Rates, sendFor } from './cadence.ts'
import type { Target } from './target.ts'
import { untilDelivered } from './until-delivered.ts'

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
  /** The same without what taking the commands costs them when nobody listens. */
  fanOutCpuUsPerDelivery: number
  /** The first with everything behind them: database, gateway, Realtime. */
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
/** Until a process that is left alone has given back what it does not need any more. */
const settlingInMs = 5_000

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
  // Before anybody listens: the code warms up, and what speaking alone costs is known.
  await sendFor(target, plan, plan.warmUpInMs)
  const speaking = await meter(target, load, () => sendFor(target, plan, plan.warmUpInMs))

  const residentBefore = residentInKb(target.fanOutPids())
  const arrival = await load.enter(await target.readers(), plan.readers)
  await delay(settlingInMs)
  const residentAfter = residentInKb(target.fanOutPids())
  await load.reset()

  const talk = async (durationInMs: number) => {
    const sent = await sendFor(target, plan, durationInMs)
    await untilDelivered(load, sent.chat * plan.readers)
    return sent
  }
  await talk(plan.warmUpInMs)
  await load.reset()
  const { used, result: sent } = await meter(target, load, () => talk(plan.durationInMs))
  const seen = await load.report()

  const capacityInMs = used.elapsed * availableParallelism()
  const oursInMs = used.fanOut + used.support + used.load + used.own
  const othersCpuShare = Math.max(0, used.machine - oursInMs) / capacityInMs
  const speakingInMs = speaking.used.fanOut * (plan.durationInMs / plan.warmUpInMs)
  const { p50Ms, p95Ms, p99Ms, maxMs, delivered, doubled, missed, invalid, parsed, closed } = seen
  return {
    name: target.name,
    readers: plan.readers,
    chatPerSecond: plan.chatPerSecond,
    p50Ms,
    p95Ms,
    p99Ms,
    maxMs,
    delivered,
    expected: sent.chat * plan.readers,
    doubled,
    missed,
    invalid,
    parsed,
    closed,
    cpuUsPerDelivery: (used.fanOut * 1000) / delivered,
    fanOutCpuUsPerDelivery: ((used.fanOut - speakingInMs) * 1000) / delivered,
    stackCpuUsPerDelivery: ((used.fanOut + used.support) * 1000) / delivered,
    loadCpuShare: used.load / capacityInMs,
    othersCpuShare,
    isContended: othersCpuShare > contendedFrom,
    kBPerConnection: (residentAfter - residentBefore) / plan.readers,
    connectMs: arrival.tookMs,
    errors: [...arrival.errors, ...[...sent.errors].map(([why, times]) => `${times} x ${why}`)],
  }
}

/** CPU time that everybody used while something was done. */
async function meter<T>(target: Target, load: Load, work: () => Promise<T>) {
  const read = () => ({
    fanOut: cpuInMs(target.fanOutPids()),
    support: cpuInMs(target.supportPids()),
    load: cpuInMs(load.pids),
    own: cpuInMs([process.pid]),
    machine: machineBusyInMs(),
    elapsed: performance.now(),
  })
  const before = read()
  const result = await work()
  const after = read()
  const used = { ...after }
  for (const name of Object.keys(used) as (keyof typeof used)[]) used[name] = after[name] - before[name]
  return { result, used }
}
