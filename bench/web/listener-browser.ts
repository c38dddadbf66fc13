import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findOrInstallBrowser } from '../../e2e/runner/find-browser.ts'
import { findFreePort } from '../../supabase/local/ports.ts'
import { tidyUpWith } from '../tidy-up.ts'

/** A browser that Lighthouse drives too, with a person in it. */
export type ListenerBrowser = { page: Page; port: number; close: () => Promise<void> }

export async function openListenerBrowser(baseURL: string): Promise<ListenerBrowser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'whatssound-bench-'))
  const port = await findFreePort()
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findOrInstallBrowser(),
    baseURL,
    locale: 'en-US',
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      `--remote-debugging-port=${port}`,
    ],
  })
  const close = tidyUpWith(async () => {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  })
  return { page: context.pages()[0] ?? (await context.newPage()), port, close }
}
