import { mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { quietWorker } from '../e2e/faults/product/quiet-worker.ts'
import { startProduct } from '../e2e/faults/product/start-product.ts'
import { buildWhereNeeded } from './app/build-where-needed.ts'
import { type MachineLoad, watchMachine } from './measure/machine-watch.ts'
import { analyseRound, type RoundFigures } from './sync/analyse/analyse-round.ts'
import { figuresOf, tableOf } from './sync/report.ts'
import { type Round, runRound } from './sync/round/run-round.ts'
import { cast, quickPlan, toneTrack, wholePlan } from './sync/round/score.ts'
import { makeNoise, makeTones } from './sync/sound/make-sound.ts'
import { publish } from './sync/sound/publish.ts'
import { enter } from './sync/stage/deeds.ts'
import { hasSoundServer, openSoundCard } from './sync/stage/device-recording.ts'
import { openSomebody, type Somebody } from './sync/stage/somebody.ts'
import { traceOf } from './sync/trace.ts'
import { tidyUpWith } from './tidy-up.ts'

/**
 * `npm run bench:sync`: four browsers hear one session through the real product, and what comes out of each is
 * compared with what comes out of the others. See bench/README.md.
 */
const { values } = parseArgs({
  options: {
    /** Sessions, one after the other; their figures are pooled. */
    repeat: { type: 'string', default: '1' },
    /** A short round, which shows that it works. */
    quick: { type: 'boolean', default: false },
    /** Records the output device as well, and tells both. */
    truth: { type: 'boolean', default: false },
    /** With `--truth`: leaves the tap out, so that the pages play as they do everywhere else. */
    bare: { type: 'boolean', default: false },
    /** A folder for what each listener's output did, reading by reading. */
    trace: { type: 'string' },
    /** The product's; the next two are Supabase's and PostgreSQL's. */
    port: { type: 'string', default: '3500' },
  },
})

const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${text}`)

process.chdir(path.join(import.meta.dirname, '..'))
const isTruthWanted = values.truth && hasSoundServer()
if (values.truth && !isTruthWanted) say('--truth: PulseAudio is not here; only the tap listens')
const plan = values.quick ? quickPlan : wholePlan
const hasTap = !(isTruthWanted && values.bare)
await buildWhereNeeded(say)

/** By the ear that heard them: `tap` in the page, `device` at the sound card. */
const figures: Record<'tap' | 'device', RoundFigures[]> = { tap: [], device: [] }
const loads: (MachineLoad & { average: number })[] = []
const product = await startProduct(Number(values.port))
const stopProduct = tidyUpWith(product.stop)
try {
  const sql = postgres(product.dbUrl, { max: 1, onnotice: () => {} })
  await quietWorker(product, sql)
  await sql.end()
  const sounds = [
    ...plan.tracks.map(({ title, seconds }, index) => makeNoise(title, seconds, index + 1)),
    makeTones(toneTrack.title, toneTrack.seconds),
  ]
  const card = isTruthWanted ? await openSoundCard() : null
  const open = (role: (typeof cast)[number]) =>
    openSomebody({ ...role, baseUrl: product.appUrl, deviceEnv: card?.envOf(cast.indexOf(role)), hasTap })
  const [djRole, ...guestRoles] = cast
  const dj = await open(djRole)
  await enter(dj)
  say('Publishing the tracks')
  await publish(dj, sounds)

  for (let number = 1; number <= Number(values.repeat); number++) {
    say(`Round ${number}`)
    // New browsers each time: nobody has been here before.
    const guests = await Promise.all(guestRoles.map(open))
    const people: [Somebody, ...Somebody[]] = [dj, ...guests]
    const machine = watchMachine()
    const round = await runRound(people, `Bench ${number}`, plan, say)
    loads.push({ ...machine(), average: loadavg()[0] ?? 0 })
    for (const guest of guests) await guest.close()
    for (const { name, renditions } of guests)
      say(`${name} loaded ${renditions.map((rendition) => rendition.name).join(', ')}`)
    const heardAtDevice = card?.recordings().map((recording) => [recording])

    const told: [ear: 'tap' | 'device', round: Round][] = hasTap ? [['tap', round]] : []
    if (heardAtDevice) told.push(['device', { ...round, recordings: heardAtDevice }])
    for (const [ear, heard] of told) {
      const names = people.map(({ name }) => name)
      const found = analyseRound(heard, names, sounds)
      figures[ear].push(found)
      say(`Round ${number}, by the ${ear}\n${tableOf([found])}`)
      if (values.trace)
        await writeTraces(values.trace, `round-${number}-${ear}`, traceOf(heard, found, people))
    }
  }
  await dj.close()
  await card?.close()
} finally {
  await stopProduct()
}

/** The worst round counts. */
const worst = (of: keyof (typeof loads)[number]) =>
  Math.round(100 * Math.max(...loads.map((load) => load[of]))) / 100
const load = worst('average')
const ears = (['tap', 'device'] as const).filter((ear) => figures[ear].length > 0)
for (const ear of ears)
  if (figures[ear].length > 1) say(`All rounds, by the ${ear}\n${tableOf(figures[ear])}`)
const [first = 'tap', second] = ears
console.log(
  JSON.stringify({
    ...figuresOf(figures[first], load),
    busyShare: worst('busyShare'),
    othersShare: worst('othersShare'),
    stolenShare: worst('stolenShare'),
    ear: first,
    ...(second && { [second]: figuresOf(figures[second], load) }),
  }),
)

async function writeTraces(
  folder: string,
  prefix: string,
  files: [name: string, text: string][],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of files) await writeFile(path.join(folder, `${prefix}-${name}`), text)
}
