import { chromium, type Page } from '@playwright/test'
import { type Ear, listen } from '../../e2e/listening/ear.ts'
import { findOrInstallBrowser } from '../../e2e/runner/find-browser.ts'
import { tidyUpWith } from '../tidy-up.ts'

/** Somebody with a browser of their own, and an ear at its output. */
export type Person = { name: string; page: Page; ear: Ear; close: () => Promise<void> }

const args = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--autoplay-policy=no-user-gesture-required',
]

/** `microphone`: a file that the browser takes for one; the ear then hears the microphone, and nothing else is played. */
export async function openPerson(name: string, baseURL: string, microphone?: string): Promise<Person> {
  const pretended = [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}`,
  ]
  const browser = await chromium.launch({
    executablePath: findOrInstallBrowser(),
    args: microphone ? [...args, ...pretended] : args,
  })
  const close = tidyUpWith(() => browser.close())
  const context = await browser.newContext({
    baseURL,
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const ear = await listen(page)
  await page.addInitScript(microphone ? hearMicrophone : countStalls)
  return { name, page, ear, close }
}

/** Runs in the page: what the product captures is heard by the ear too, at the moment of its capture. */
function hearMicrophone(): void {
  const { mediaDevices } = navigator
  const ask = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints)
    window.listeningTap.hear(stream)
    return stream
  }
}

/** Comes in with a name, as anybody does. */
export async function enter(
  { page, name }: Pick<Person, 'name' | 'page'>,
  address: string,
  button: string,
): Promise<void> {
  await page.goto(address)
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: button, exact: true }).click()
}

/** Opens a session and readies the microphone; answers the session's address. */
export async function openSession(dj: Person): Promise<string> {
  const { page } = dj
  await enter(dj, '/', 'Enter')
  await page.getByText(`Hello, ${dj.name}`).waitFor()
  await page.goto('/studio')
  await page.getByLabel('Name of the session').fill('Live bench')
  await page.getByRole('button', { name: 'Open the room' }).click()
  await page.waitForURL(/\/s\//)
  await page.getByRole('button', { name: 'Ready the microphone' }).click()
  await page.getByTestId('air').getByText('Ready').waitFor()
  return page.url()
}

/** Comes into the session, ready to hear. */
export async function comeIn(listener: Pick<Person, 'name' | 'page'>, address: string): Promise<void> {
  await enter(listener, address, 'Come in')
  await listener.page.getByRole('region', { name: 'Now playing' }).waitFor()
}

export async function untilInSync({ page }: Person): Promise<void> {
  await page.getByTestId('sync').filter({ hasText: 'In sync', visible: true }).waitFor({ timeout: 60_000 })
}

/** How often the sound had to stop so far. */
export const stallsOf = ({ page }: Person): Promise<number> =>
  page.evaluate(() => window.liveBenchStalls ?? 0)

/** Runs in the page: counts how often an element that was heard ran dry. */
function countStalls(): void {
  window.liveBenchStalls = 0
  const play = HTMLMediaElement.prototype.play
  const watched = new WeakSet<HTMLMediaElement>()
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    if (!watched.has(this)) {
      watched.add(this)
      // Before it is heard an element is quieter than anything that can be heard.
      this.addEventListener('waiting', () => {
        if (this.volume > 0.01 && !this.seeking) window.liveBenchStalls = (window.liveBenchStalls ?? 0) + 1
      })
    }
    return play.call(this)
  }
}

declare global {
  interface Window {
    liveBenchStalls?: number
  }
}
