/**
 * `npm run test:faults -- realtime [--seeds N] [--seed S]`: sessions of 200 people on the product, with faults drawn from
 * printed seeds. Ends with 1 where a promise was broken, or people were back too late. The last line is JSON. `--keep`
 * writes the history of each seed into a folder.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { seedPeople } from '#lib/testing/seed-people.ts'
import { quietWorker } from './product/quiet-worker.ts'
import { startProduct } from './product/start-product.ts'
import { summarize, tableOfFaults, tableOfWays } from './report/print-report.ts'
import { openNetworks } from './session/networks.ts'
import { type Outcome, runSeed } from './session/run-seed.ts'
import { seedTracks } from './session/seed-tracks.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    clients: { type: 'string', default: '200' },
    port: { type: 'string', default: '3400' },
    keep: { type: 'string' },
  },
})
if (positionals[0] !== 'realtime') {
  console.error(
    'Usage: npm run test:faults -- realtime [--seeds 30] [--seed 1] [--clients 200] [--port 3400]',
  )
  process.exit(2)
}

const networkCount = 40
const trackCount = 40
const violationsShown = 20
/** Of a hundred reconnections ninety-five are sooner. */
const reconnectP95MaxInMs = 5_000

const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`)

process.chdir(`${import.meta.dirname}/../..`)
const product = await startProduct(Number(values.port))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await product.stop()
    process.exit(1)
  })
}
const sql = postgres(product.dbUrl, { max: 2, onnotice: () => {} })
const outcomes: { seed: number; outcome: Outcome }[] = []
const failed: number[] = []
try {
  const { dbUrl, dataDir } = product
  const people = await seedPeople({ dbUrl, dataDir, count: Number(values.clients) })
  const trackIds = await seedTracks(sql, trackCount)
  await quietWorker(product, sql)
  const networks = await openNetworks(product, networkCount, Math.random)
  say(`The product is up; ${people.length} people on ${networkCount} networks.`)

  for (let number = 0; number < Number(values.seeds); number++) {
    const seed = Number(values.seed) + number
    // Another DJ each time: how many sessions one may open is limited.
    const turned = [...people.slice(number % people.length), ...people.slice(0, number % people.length)]
    const beganAt = performance.now()
    try {
      const outcome = await runSeed(seed, { product, sql, networks, people: turned, trackIds })
      outcomes.push({ seed, outcome })
      const kinds = outcome.history.strikes.map(({ kind }) => kind).join(', ')
      const { violations } = outcome
      const verdict = violations.length === 0 ? 'kept' : `${violations.length} BROKEN`
      say(`seed ${seed}: ${verdict} in ${((performance.now() - beganAt) / 1000).toFixed(1)} s (${kinds})`)
      if (values.keep) await keepHistory(values.keep, seed, outcome)
      for (const { kind, what } of violations.slice(0, violationsShown))
        console.log(`          ${kind}: ${what}`)
    } catch (error) {
      failed.push(seed)
      say(`seed ${seed}: FAILED: ${error instanceof Error ? error.stack : error}`)
    }
  }
  await networks.close()
} finally {
  await sql.end({ timeout: 2 })
  if (failed.length > 0) console.log(`\nWhat the product printed last:\n${product.output()}`)
  await product.stop()
}

const summary = summarize(outcomes, failed)
console.log(`\n${tableOfFaults(outcomes)}\n\n${tableOfWays(outcomes)}\n`)
console.log(JSON.stringify(summary))
const { lost, doubled, disordered, diverged, failedSeeds, reconnectP95Ms } = summary
const isKept = lost + doubled + disordered + diverged + failedSeeds === 0
const isPrompt = reconnectP95Ms === null || reconnectP95Ms < reconnectP95MaxInMs
if (!isPrompt) console.error(`Reconnecting took too long: the p95 may be ${reconnectP95MaxInMs} ms.`)
// Not left to Node: after thousands of resets it can wait in its own tidying up, busily, for a request that never ends.
process.exit(isKept && isPrompt ? 0 : 1)

async function keepHistory(folder: string, seed: number, outcome: Outcome): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, `${seed}.json`), JSON.stringify(outcome))
}
