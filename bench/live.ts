import { loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { liveDistanceInMs } from '#lib/domain/live/live.ts'
import { quietWorker } from '../e2e/faults/product/quiet-worker.ts'
import { startProduct } from '../e2e/faults/product/start-product.ts'
import { type Offset, offsetsBetween, type Recording } from '../e2e/listening/offsets.ts'
import { buildWhereNeeded } from './app/build-where-needed.ts'
import { makeMicrophone } from './live/microphone.ts'
import { comeIn, openPerson, openSession, stallsOf, untilInSync } from './live/person.ts'
import { tidyUpWith } from './tidy-up.ts'

/**
 * `npm run bench:live`: a DJ with a microphone and two listeners, each in a browser of their own, through the real product;
 * what comes out of the listeners is compared with what went into the microphone. See bench/README.md.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    /** The product's; the next two are Supabase's and PostgreSQL's. */
    port: { type: 'string', default: '3600' },
  },
})

const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${text}`)

/** Sound is looked for around where it is expected; the rest is added again. */
function laterBy(recording: Recording, delayInMs: number): Recording {
  const { anchors, ...rest } = recording
  return { ...rest, anchors: anchors.map(({ index, atInMs }) => ({ index, atInMs: atInMs + delayInMs })) }
}

function percentile(offsets: readonly Offset[], part: number): number {
  const sorted = offsets.map(({ offsetInMs }) => offsetInMs).sort((a, b) => a - b)
  return (
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN) * 10) /
    10
  )
}

process.chdir(path.join(import.meta.dirname, '..'))
await buildWhereNeeded(say)
const microphone = await makeMicrophone()
const product = await startProduct(Number(values.port))
const stopProduct = tidyUpWith(product.stop)
try {
  const sql = postgres(product.dbUrl, { max: 1, onnotice: () => {} })
  await quietWorker(product, sql)
  await sql.end()
  const dj = await openPerson('Marta', product.appUrl, microphone.path)
  const listeners = [await openPerson('Ana', product.appUrl), await openPerson('Ben', product.appUrl)]
  const address = await openSession(dj)
  for (const listener of listeners) await comeIn(listener, address)
  await dj.page.getByRole('button', { name: 'Go live' }).click()
  say('On air')
  for (const listener of listeners) await untilInSync(listener)
  say(`In sync; listening for ${values.seconds} s`)
  const stallsBefore = await Promise.all(listeners.map(stallsOf))

  const seconds = Number(values.seconds)
  const [source, ...heard] = await Promise.all([
    // What is heard at the end was captured before.
    dj.ear.record(seconds),
    ...listeners.map(({ ear }) => ear.record(seconds)),
  ])
  const loadAverage = Math.round(100 * (loadavg()[0] ?? 0)) / 100
  const stallsAfter = await Promise.all(listeners.map(stallsOf))
  const stalls = stallsAfter.reduce((sum, count, i) => sum + count - (stallsBefore[i] ?? 0), 0)

  const captured = laterBy(source, liveDistanceInMs)
  const glassToGlass = heard
    .flatMap((recording) => offsetsBetween(captured, recording))
    .map(({ atInMs, offsetInMs }) => ({ atInMs, offsetInMs: offsetInMs + liveDistanceInMs }))
  const [ana, ben] = heard
  const between = ana && ben ? offsetsBetween(ana, ben) : []
  const apart = between.map(({ atInMs, offsetInMs }) => ({ atInMs, offsetInMs: Math.abs(offsetInMs) }))
  say(`${glassToGlass.length} and ${apart.length} comparisons`)
  for (const { close } of [dj, ...listeners]) await close()
  console.log(
    JSON.stringify({
      glassToGlassP50Ms: percentile(glassToGlass, 0.5),
      glassToGlassP95Ms: percentile(glassToGlass, 0.95),
      betweenListenersP50Ms: percentile(apart, 0.5),
      betweenListenersP95Ms: percentile(apart, 0.95),
      comparisons: apart.length,
      stalls,
      loadAverage,
    }),
  )
} finally {
  await stopProduct()
  await microphone.remove()
}
