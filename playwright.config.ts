import { defineConfig } from '@playwright/test'
import { findOrInstallBrowser } from './e2e/runner/find-browser.ts'
import { productUrl } from './e2e/runner/product-address.ts'

export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'journeys', testMatch: 'journeys/*.spec.ts' },
    { name: 'screenshots', testMatch: 'screenshots/*.shots.ts' },
  ],
  // One journey at a time: each opens several browsers that play music on two cores.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // The first journey waits for the starter tracks, which are rendered after the first start.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: productUrl,
    locale: 'en-US',
    trace: 'retain-on-failure',
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
  webServer: {
    command: 'node e2e/runner/product.ts',
    url: productUrl,
    timeout: 180_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
  },
})
