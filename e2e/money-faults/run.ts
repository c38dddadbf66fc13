/**
 * `npm run test:money-faults [-- --seeds 30 --seed 1]`: evenings on which people tip while the app and the database are killed,
 * as drawn from printed seeds. Ends with 1 where money was lost or doubled, or the books are not what Stripe moved. The last
 * line is JSON.
 */
import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import { seedPeople } from '#lib/testing/seed-people.ts'
import { openWorld } from './evening/open-evening.ts'
import { type Outcome, peopleOfAnEvening, runEvening } from './evening/run-evening.ts'
import { startParts } from './parts/start-parts.ts'
import { summarize, tableOfStrikes, tipsInWords } from './report/print-report.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' } },
})
const count = Number(values.seeds)

const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`)

process.chdir(`${import.meta.dirname}/../..`)
const parts = await startParts()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await parts.stop()
    process.exit(1)
  })
}
const world = openWorld(parts)
const outcomes: Outcome[] = []
let failed = 0
let isReconciled = false
try {
  const { dbUrl } = parts.supabase
  const people = await seedPeople({ dbUrl, dataDir: parts.dataDir, count: count * peopleOfAnEvening })
  say('Supabase, the stand-in for Stripe and the app are up.')
  for (let number = 0; number < count; number++) {
    const seed = Number(values.seed) + number
    const beganAt = performance.now()
    try {
      const theirs = people.slice(number * peopleOfAnEvening, (number + 1) * peopleOfAnEvening)
      const outcome = await runEvening(seed, world, theirs)
      outcomes.push(outcome)
      const { violations, struck } = outcome
      const verdict = violations.length === 0 ? 'kept' : `${violations.length} BROKEN`
      const seconds = ((performance.now() - beganAt) / 1000).toFixed(1)
      say(`seed ${seed}: ${verdict} in ${seconds} s; ${tipsInWords(outcome)} (${struck.join(', ')})`)
      for (const { kind, what } of violations) console.log(`          ${kind}: ${what}`)
    } catch (error) {
      failed += 1
      say(`seed ${seed}: FAILED: ${error instanceof Error ? error.stack : error}`)
    }
  }
  isReconciled = await reconcile()
} finally {
  await world.sql.end({ timeout: 2 })
  if (failed > 0) console.log(`\nWhat the parts printed last:\n${parts.output()}`)
  await parts.stop()
}

const summary = summarize(outcomes, failed === 0 && isReconciled)
console.log(`\n${tableOfStrikes(outcomes)}\n`)
if (failed > 0) console.log(`${failed} of ${count} seeds did not come to their end.`)
console.log(JSON.stringify(summary))
process.exitCode = summary.tried > 0 && summary.lost + summary.doubled === 0 && summary.balanced ? 0 : 1

/** `npm run reconcile` over all of it: whether it finds no difference. */
async function reconcile(): Promise<boolean> {
  const file = 'lib/server/entry/reconcile.ts'
  const env = { ...process.env, ...parts.env }
  return promisify(execFile)(process.execPath, [file, '1'], { env }).then(
    ({ stdout }) => {
      say(`npm run reconcile: ${stdout.trim()}`)
      return true
    },
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      say(`npm run reconcile FAILED: ${stdout}${stderr}`)
      return false
    },
  )
}
