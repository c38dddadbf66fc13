import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { type LongEar, listenLong } from '../../../e2e/listening/long-ear.ts'
import { installTap } from '../../../e2e/listening/tap.ts'
import { findOrInstallBrowser } from '../../../e2e/runner/find-browser.ts'
import { tidyUpWith } from '../../tidy-up.ts'
import { type EdgeEvent, installEdge } from './edge.ts'

/** Somebody with a browser of their own: separate processes, separate sound output. */
export type Somebody = {
  name: string
  driftInPpm: number
  page: Page
  cdp: CDPSession
  ear: LongEar
  /** The renditions that were loaded, newest last. */
  renditions: { atInMs: number; name: string }[]
  /** What happened at the browser's edge so far. */
  edge: EdgeEvent[]
  /** Fetches what was heard and what happened since the last time. */
  fetch: () => Promise<void>
  close: () => Promise<void>
}

export type SomebodyOptions = {
  name: string
  baseUrl: string
  driftInPpm: number
  /** Where to play to; without it the browser is mute, and nothing is heard where the bench runs. */
  deviceEnv?: Record<string, string> | undefined
  /** Without the tap the page plays exactly as everywhere else, and only the device can say what it played. */
  hasTap: boolean
}

const args = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // The rule of the gesture is kept by `installEdge`.
  '--autoplay-policy=no-user-gesture-required',
]

export async function openSomebody(options: SomebodyOptions): Promise<Somebody> {
  const { name, baseUrl, driftInPpm, deviceEnv, hasTap } = options
  const browser: Browser = await chromium.launch({
    executablePath: findOrInstallBrowser(),
    args,
    ...(deviceEnv && { ignoreDefaultArgs: ['--mute-audio'], env: { ...process.env, ...deviceEnv } }),
  })
  const close = tidyUpWith(() => browser.close())
  const context = await browser.newContext({
    baseURL: baseUrl,
    locale: 'en-US',
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  })
  const edgeScript = `(${installEdge})(${driftInPpm})`
  await context.addInitScript(hasTap ? `(${installTap})();${edgeScript}` : edgeScript)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  const ear = await listenLong(page, cdp)
  const edge: EdgeEvent[] = []
  const renditions: Somebody['renditions'] = []
  page.on('request', (request) => {
    const [, rendition] = /\/(\d+k)\/\d+\.m4s/.exec(request.url()) ?? []
    if (rendition && rendition !== renditions.at(-1)?.name)
      renditions.push({ atInMs: Date.now(), name: rendition })
  })
  let fetching = Promise.resolve()
  async function fetchAll(): Promise<void> {
    await ear.fetch()
    const expression = 'window.benchEdge?.handOut()'
    const { result } = await cdp.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      userGesture: false,
    })
    edge.push(...(result.value ?? []))
  }
  return {
    name,
    driftInPpm,
    page,
    cdp,
    ear,
    renditions,
    edge,
    fetch: () => {
      fetching = fetching.then(fetchAll)
      return fetching
    },
    close,
  }
}
