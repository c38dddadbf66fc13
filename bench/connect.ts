import { parseArgs } from 'node:util'
import { seedPeople } from '#lib/testing/seed-people.ts'
import { startAppTarget } from './app/app-target.ts'
import { buildWhereNeeded } from './app/build-where-needed.ts'
import { startSupabase } from './app/start-supabase.ts'
import { type Rates, sendFor } from './cell/cadence.ts'
import { untilDelivered } from './cell/until-delivered.ts'
import { startLoad } from './load/start-load.ts'
import { cpuInMs } from './measure/processes.ts'

/**
 * `npm run bench:connect`: many people come at once. Each joins, loads the snapshot and opens a stream, as fast as the
 * app lets them; meanwhile those who were inside before go on chatting, and their latency is compared with before.
 */
const { values } = parseArgs({
  options: {
    newcomers: { type: 'string', default: '10000' },
    insiders: { type: 'string', default: '1000' },
    /** How many are on their way in at the same time. */
    'at-once': { type: 'string', default: '64' },
  },
})
const newcomers = Number(values.newcomers)
const insiders = Number(values.insiders)
const rates: Rates = { chatPerSecond: 5, reactionsPerSecond: 10, heartbeatEveryMs: 5_000 }
const calmInMs = 10_000
const round = (value: number) => Math.round(value * 10) / 10

await buildWhereNeeded((text) => console.error(text))
const supabase = await startSupabase()
const people = await seedPeople({ ...supabase, count: 1 + insiders + newcomers })
const [dj, ...others] = people
if (!dj) throw new Error('There is nobody to be the DJ.')
const target = await startAppTarget(supabase, [dj, ...others.slice(0, insiders)], 'sse')
const inside = startLoad()
const coming = startLoad()
try {
  await inside.enter(await target.readers(), insiders)
  const talk = async (durationInMs: number) => {
    const sent = await sendFor(target, rates, durationInMs)
    await untilDelivered(inside, sent.chat * insiders)
    return { sent, seen: await inside.report() }
  }
  await talk(calmInMs / 2)
  await inside.reset()
  const { seen: before } = await talk(calmInMs)
  await inside.reset()

  const usedInMs = () => {
    const [gateway = 0, ...postgres] = target.supportPids()
    return { app: cpuInMs(target.fanOutPids()), gateway: cpuInMs([gateway]), postgres: cpuInMs(postgres) }
  }
  const late = others.slice(insiders)
  const readers = await target.readers()
  const spec = {
    ...readers,
    ...(readers.signs && { signs: { ...readers.signs, cookies: late.map(({ cookie }) => cookie) } }),
    tokens: late.map(({ accessToken }) => accessToken),
    cookies: late.map(({ cookie }) => cookie),
    hereCount: insiders + newcomers,
  }
  const usedBefore = usedInMs()
  const entering = coming.enter(spec, newcomers, Number(values['at-once']))
  const ended = new AbortController()
  entering.finally(() => ended.abort())
  const sent = await sendFor(target, rates, Number.POSITIVE_INFINITY, ended.signal)
  const arrival = await entering
  const used = usedInMs()
  const perJoinInMs = (part: keyof typeof used) => round((used[part] - usedBefore[part]) / arrival.open)
  await untilDelivered(inside, sent.chat * insiders)
  const during = await inside.report()

  const result = {
    newcomers,
    insiders,
    joined: arrival.open,
    joinsPerSecond: round(arrival.open / (arrival.tookMs / 1000)),
    firstFrameP50Ms: round(arrival.firstFrameP50Ms),
    firstFrameP95Ms: round(arrival.firstFrameP95Ms),
    cpuPerJoinMs: {
      app: perJoinInMs('app'),
      gateway: perJoinInMs('gateway'),
      postgres: perJoinInMs('postgres'),
    },
    insideBefore: { p50Ms: round(before.p50Ms), p95Ms: round(before.p95Ms), p99Ms: round(before.p99Ms) },
    insideMeanwhile: {
      p50Ms: round(during.p50Ms),
      p95Ms: round(during.p95Ms),
      p99Ms: round(during.p99Ms),
      delivered: during.delivered,
      expected: sent.chat * insiders,
      missed: during.missed,
    },
    errors: [...arrival.errors, ...[...sent.errors].map(([why, times]) => `${times} x ${why}`)],
  }
  console.log(
    [
      `${result.joined} of ${newcomers} joined, ${result.joinsPerSecond} a second; first frame p50 ${result.firstFrameP50Ms} ms, p95 ${result.firstFrameP95Ms} ms`,
      `chat latency of the ${insiders} inside: p95 ${result.insideBefore.p95Ms} ms before, ${result.insideMeanwhile.p95Ms} ms meanwhile, ${during.delivered}/${sent.chat * insiders} delivered`,
    ].join('\n'),
  )
  console.log(JSON.stringify(result))
} finally {
  await Promise.all([inside.stop(), coming.stop()])
  await target.stop()
  await supabase.stop()
}
process.exit(0)
