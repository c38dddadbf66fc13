import { readFileSync } from 'node:fs'
import { chromium, type Page } from '@playwright/test'
import { librarySchema } from '#lib/protocol/tracks.ts'
import { processTree } from '../measure/processes.ts'

export type EncodedInBrowser = {
  /** From the choice of the file until all renditions are published. */
  wallS: number
  /** Until the track could be played, in its first rendition. */
  firstPlayableS: number
  /** The most that the page's process ever held, workers and all. */
  peakMb: number
}

type Options = { executablePath: string; appUrl: string; file: string }
const patienceInMs = 180_000
const lookEveryInMs = 200

/** Somebody comes with a fresh browser and gives one file to their library. */
export async function encodeInBrowser({ executablePath, appUrl, file }: Options): Promise<EncodedInBrowser> {
  const server = await chromium.launchServer({ executablePath, args: ['--no-sandbox'] })
  const browser = await chromium.connect(server.wsEndpoint())
  try {
    const page = await browser.newPage({ baseURL: appUrl, locale: 'en-US' })
    await page.goto('/')
    await page.getByLabel('Your name').fill('Bench')
    await page.getByRole('button', { name: 'Enter', exact: true }).click()
    await page.getByText('Hello, Bench').waitFor()
    await page.goto('/studio')
    // Not a button that is still disabled: the uploader is there.
    await page.locator('button:enabled', { hasText: 'Choose files' }).waitFor()
    const startedAt = performance.now()
    await page.locator('input[type="file"][multiple]').setInputFiles(file)
    const secondsUntil = async (isReached: (track: Track) => boolean) => {
      await untilTrack(page, isReached)
      return (performance.now() - startedAt) / 1_000
    }
    const firstPlayableS = await secondsUntil(({ status }) => status === 'published')
    const wallS = await secondsUntil(({ status, rest }) => status === 'published' && rest === null)
    return { wallS, firstPlayableS, peakMb: peakOfPageInMb(server.process().pid ?? 0) }
  } finally {
    await browser.close()
    await server.close()
  }
}

type Track = ReturnType<typeof librarySchema.parse>['tracks'][number]

/** Asks the server, as the person of the page. */
async function untilTrack(page: Page, isReached: (track: Track) => boolean): Promise<void> {
  const deadline = performance.now() + patienceInMs
  let refusal = ''
  while (performance.now() < deadline) {
    await page.waitForTimeout(lookEveryInMs)
    const response = await page.request.get('/api/tracks')
    if (!response.ok()) {
      refusal = `${response.status()} ${await response.text()}`
      continue
    }
    const { tracks } = librarySchema.parse(await response.json())
    const own = tracks.find(({ isStarter }) => !isStarter)
    if (own?.status === 'refused') throw new Error(`refused: ${own.refusalCode}`)
    if (own && isReached(own)) return
  }
  throw new Error(`nothing came of it: ${refusal}\n${await page.locator('main').textContent()}`)
}

/** The high-water mark (proc(5), VmHWM) of the largest renderer. */
function peakOfPageInMb(browserPid: number): number {
  const peaks = processTree(browserPid).map((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) return 0
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
    } catch {
      // It has just ended.
      return 0
    }
  })
  return Math.max(...peaks)
}
