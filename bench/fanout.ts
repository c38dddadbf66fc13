import { parseArgs } from 'node:util'
import { seedPeople } from '#lib/testing/seed-people.ts'
import { startAppTarget } from './app/app-target.ts'
import { buildWhereNeeded } from './app/build-where-needed.ts'
import { startSupabase } from './app/start-supabase.ts'
import { planCells } from './cell/plan.ts'
import { inShort, type Measured, toJson, toTable } from './cell/report.ts'
import { type CellResult, runCell } from './cell/run-cell.ts'
import { startPeer } from './peers/start-peer.ts'

/** `npm run bench:fanout`: one session, many readers; how soon and at what cost everybody hears everything. */
const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    /** Keys of cells, separated by commas: only these. */
    only: { type: 'string' },
  },
})

const planned = planCells(values.quick ? 'quick' : values.all || values.only ? 'all' : 'default')
const wanted = values.only?.split(',')
const cells = planned.filter(({ key }) => !wanted || wanted.includes(key))
const say = (text: string): void => console.error(text)

async function run(): Promise<Measured[]> {
  const usesApp = cells.some(({ system }) => system.kind === 'app')
  if (usesApp) await buildWhereNeeded(say)
  const app = usesApp ? await startApp() : null
  try {
    const all: Measured[] = []
    for (const cell of cells) {
      say(`${cell.key} ...`)
      const measure = async (): Promise<CellResult> => {
        const target =
          cell.system.kind === 'peer'
            ? await startPeer(cell.system.peer)
            : await app?.startTarget(cell.system.way)
        if (!target) throw new Error('There is no app.')
        try {
          return await runCell(target, cell.plan)
        } finally {
          await target.stop()
        }
      }
      let result = await measure()
      if (result.isContended) {
        say('  others used the processor: once more')
        const again = await measure()
        if (again.othersCpuShare < result.othersCpuShare) result = again
      }
      say(`  ${inShort(result)}`)
      for (const error of result.errors) say(`  ${error}`)
      all.push({ ...cell, result })
    }
    return all
  } finally {
    await app?.stop()
  }
}

/** The embedded Supabase with enough people for the largest cell. */
async function startApp() {
  const supabase = await startSupabase()
  const count = Math.max(...cells.map(({ plan }) => plan.readers))
  const people = await seedPeople({ ...supabase, count: count + cells.length * 2 })
  return {
    // Another DJ for each session, because one person may open only so many an hour.
    startTarget: (way: Parameters<typeof startAppTarget>[2]) => {
      const dj = people.pop()
      if (!dj) throw new Error('There is nobody left to be the DJ.')
      return startAppTarget(supabase, [dj, ...people], way)
    },
    stop: supabase.stop,
  }
}

const all = await run()
console.log(toTable(all))
console.log(toJson(all))
process.exit(0)
