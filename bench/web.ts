import { loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { starterTracks } from '#lib/server/starter-tracks/starter-tracks.ts'
import { startProduct } from '../e2e/faults/product/start-product.ts'
import { buildWhereNeeded } from './app/build-where-needed.ts'
import { comeIn, enter, openPerson } from './live/person.ts'
import { tidyUpWith } from './tidy-up.ts'
import { openListenerBrowser } from './web/listener-browser.ts'
import { findSlowdown, measurePage, type PageMeasure } from './web/measure-page.ts'
import { startBarePage } from './web/start-bare.ts'

/**
 * `npm run bench:web`: the lobby and a room in which music plays, measured by Lighthouse as a listener on a slow phone has
 * them, beside a bare page of the same framework. See bench/README.md.
 */
const { values } = parseArgs({
  options: {
    /** Each page so many times; the one with the middle performance counts. Five is what Lighthouse advises (variability.md). */
    runs: { type: 'string', default: '5' },
    /** The product's; the next two are Supabase's and PostgreSQL's. */
    port: { type: 'string', default: '3700' },
  },
})

const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${text}`)

/**
 * Opens a public session in which the starter tracks play, once the worker has made them all, and leaves it: the music goes
 * on, and nothing else runs on the machine while it is measured.
 */
async function openRoom(baseURL: string): Promise<string> {
  const dj = await openPerson('Marta', baseURL)
  const { page } = dj
  await enter(dj, '/', 'Enter')
  await page.getByText('Hello, Marta').waitFor()
  await page.goto('/studio')
  await page.getByLabel('Name of the session').fill('Friday, after hours')
  await page.getByRole('button', { name: 'Open the room' }).click()
  await page.waitForURL(/\/s\//)
  await page.getByRole('button', { name: 'Library', exact: true }).click()
  for (const { title } of starterTracks)
    await page.getByRole('button', { name: `Add ${title} to the queue` }).click({ timeout: 180_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  const address = page.url()
  await dj.close()
  return address
}

async function measureOften(name: string, url: string, port: number, slowdown: number): Promise<PageMeasure> {
  const measures: PageMeasure[] = []
  for (let run = 1; run <= Number(values.runs); run++) {
    const measure = await measurePage(url, port, slowdown)
    say(`${name} ${run}: performance ${measure.performance}`)
    measures.push(measure)
  }
  const sorted = measures.sort((a, b) => a.performance - b.performance)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (!middle) throw new Error('Nothing was measured.')
  return middle
}

process.chdir(path.join(import.meta.dirname, '..'))
await buildWhereNeeded(say)
const product = await startProduct(Number(values.port))
const stopProduct = tidyUpWith(product.stop)
const bare = await startBarePage()
try {
  const room = await openRoom(product.appUrl)
  say('A room is open, and plays')
  const listener = await openListenerBrowser(product.appUrl)
  await comeIn({ name: 'Ana', page: listener.page }, room)
  // Lighthouse opens windows of its own; this one would go on listening beside them.
  await listener.page.goto('about:blank')
  const slowdown = await findSlowdown(product.appUrl, listener.port)
  say(`The processor is made ${slowdown} times slower`)
  // The room first, while its music plays.
  const pages = {
    room: await measureOften('room', room, listener.port, slowdown),
    lobby: await measureOften('lobby', product.appUrl, listener.port, slowdown),
    floor: await measureOften('floor', bare.url, listener.port, slowdown),
  }
  await listener.close()
  console.table(
    Object.fromEntries(Object.entries(pages).map(([name, { complaints: _, ...measure }]) => [name, measure])),
  )
  for (const [name, { complaints }] of Object.entries(pages)) {
    if (complaints.length > 0) console.log(`${name}: ${complaints.join(', ')}`)
  }
  console.log(`load average ${loadavg()[0]?.toFixed(2)}`)
  const counted = ({ performance, accessibility, bestPractices, seo, jsKB, allJsKB }: PageMeasure) => ({
    performance,
    accessibility,
    bestPractices,
    seo,
    jsKB,
    allJsKB,
  })
  const { lobby, room: inRoom, floor } = pages
  console.log(JSON.stringify({ lobby: counted(lobby), room: counted(inRoom), floor: counted(floor) }))
} finally {
  await bare.stop()
  await stopProduct()
}
