import { defineConfig } from '@playwright/test'
import { findOrInstallBrowser } from './e2e/runner/find-browser.ts'
import { outOfReach, productUrl, startsProduct } from './e2e/runner/product-address.ts'
import type { Way } from './lib/protocol/session-requests.ts'
import { findOrInstallFfmpeg } from './lib/testing/system-program.ts'

const roomJourneys = 'journeys/room/*.spec.ts'

export default defineConfig<{ way: Way }>({
  testDir: 'e2e',
  // Left out, not skipped: the list of tests does not have them.
  ...(outOfReach.length > 0 && { grepInvert: new RegExp(outOfReach.join('|')) }),
  projects: [
    { name: 'pages', testMatch: 'journeys/pages/*.spec.ts' },
    { name: 'sound', testMatch: 'journeys/sound/*.spec.ts' },
    // The room on each way down from the server: the network lets through no better one.
    { name: 'room over WebSocket', testMatch: roomJourneys, use: { way: 'websocket' } },
    { name: 'room over server-sent events', testMatch: roomJourneys, use: { way: 'sse' } },
    { name: 'room over long polling', testMatch: roomJourneys, use: { way: 'long_poll' } },
    { name: 'screenshots', testMatch: 'screenshots/*.shots.ts' },
  ],
  // One journey at a time: each opens several browsers that play music on two cores.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // The first journey waits for the starter tracks, which are rendered after the first start.
  timeout: 360_000,
  // Four people with music of their own on two cores, which others use too, may keep a fifth waiting for long.
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL: productUrl,
    locale: 'en-US',
    // Pictures all the time would take most of the machine: without them four people's sound is in time at a load of 2.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findOrInstallBrowser(),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-background-timer-throttling',
        '--disable-backgrounding-occluded-windows',
        '--disable-renderer-backgrounding',
      ],
    },
  },
  ...(startsProduct && {
    webServer: {
      command: 'node e2e/runner/product.ts',
      env: { FFMPEG_PATH: findOrInstallFfmpeg() },
      url: productUrl,
      timeout: 180_000,
      reuseExistingServer: false,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
      stdout: 'pipe',
    },
  }),
})
