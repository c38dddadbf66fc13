import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findOnPath, installFromDebian } from '#lib/testing/system-program.ts'

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/**
 * Where Chromium is: `CHROMIUM_PATH`, a system browser, or the test runner's own. System browsers come first because the
 * test runner's own build has no AAC, and the music is AAC. Null when there is none.
 */
export function findBrowser(): string | null {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  for (const name of systemNames) {
    const path = findOnPath(name)
    if (path) return path
  }
  const own = chromium.executablePath()
  return existsSync(own) ? own : null
}

/** Finds Chromium, or installs Debian's package where this user may. Throws with what to do where neither works. */
export function findOrInstallBrowser(): string {
  const found = findBrowser()
  if (found) return found
  const installed = installFromDebian('chromium', 'fonts-noto-color-emoji') ? findBrowser() : null
  if (installed) return installed
  throw new Error('No Chromium found. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.')
}
