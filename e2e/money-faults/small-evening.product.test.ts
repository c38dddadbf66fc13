import { expect, onTestFinished, test } from 'vitest'
import { seedPeople } from '#lib/testing/seed-people.ts'
import { openWorld } from './evening/open-evening.ts'
import { peopleOfAnEvening, runEvening } from './evening/run-evening.ts'
import { startParts } from './parts/start-parts.ts'

/** Between them they kill the app and the database before and after a commit, double events, and lose some. */
const seeds = [4, 6]

test('money is neither lost nor doubled while the app and the database are killed', async () => {
  // A Supabase of its own, since this one is killed.
  const parts = await startParts()
  onTestFinished(parts.stop)
  const world = openWorld(parts)
  onTestFinished(() => world.sql.end({ timeout: 2 }))
  const { dbUrl } = parts.supabase
  const count = seeds.length * peopleOfAnEvening
  const people = await seedPeople({ dbUrl, dataDir: parts.dataDir, count })
  for (const [index, seed] of seeds.entries()) {
    const theirs = people.slice(index * peopleOfAnEvening, (index + 1) * peopleOfAnEvening)
    const { struck, violations, books } = await runEvening(seed, world, theirs)
    expect(violations).toEqual([])
    expect(struck.length).toBeGreaterThanOrEqual(4)
    expect(books.own.filter(({ status }) => status === 'paid').length).toBeGreaterThan(0)
  }
  // Against hanging, not for speed.
}, 300_000)
