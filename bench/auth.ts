import { loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { createClient } from '@supabase/supabase-js'
import { z } from 'zod'
import { findOrInstallBrowser } from '../e2e/runner/find-browser.ts'
import { buildWhereNeeded } from './app/build-where-needed.ts'
import { startServer } from './app/start-server.ts'
import { type Supabase, startSupabase } from './app/start-supabase.ts'
import { percentile } from './sync/analyse/percentile.ts'
import { tidyUpWith } from './tidy-up.ts'

/**
 * `npm run bench:auth`: the whole sign-in by phone code in a real browser: ask for the code, verify it, first signed-in
 * page. The first run meets an app that has just started and answered nothing. What a carrier takes is not in it. See
 * bench/README.md.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '15' } } })

const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${text}`)

type Run = { askInMs: number; verifyInMs: number; totalInMs: number }

const newest = z.tuple([z.object({ code: z.string() })], z.unknown())

async function codeFor(supabase: Supabase, phone: string): Promise<string> {
  const response = await fetch(`${supabase.url}/inbox/messages?to=${encodeURIComponent(phone)}`)
  return newest.parse(await response.json())[0].code
}

/** Somebody who has an account signs in on a new device. */
async function signIn(browser: Browser, supabase: Supabase, appUrl: string, phone: string): Promise<Run> {
  const context = await browser.newContext({ baseURL: appUrl, locale: 'en-US', reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    await page.goto('/sign-in')
    await page.getByLabel('Phone number').fill(phone)
    const askedAt = performance.now()
    await page.getByRole('button', { name: 'Send the code' }).click()
    const field = page.getByLabel('Code', { exact: true })
    await field.waitFor()
    const sentAt = performance.now()
    const code = await codeFor(supabase, phone)
    const typedAt = performance.now()
    await field.fill(code)
    await page.getByText('Hello, Ana').waitFor()
    const signedInAt = performance.now()
    const [askInMs, verifyInMs] = [sentAt - askedAt, signedInAt - typedAt]
    return { askInMs, verifyInMs, totalInMs: askInMs + verifyInMs }
  } finally {
    await context.close()
  }
}

async function makeAccounts(supabase: Supabase, count: number): Promise<string[]> {
  const { auth } = createClient(supabase.url, supabase.secretKey, { auth: { persistSession: false } })
  const phones = Array.from({ length: count }, (_, i) => `+346${String(10_000_000 + i)}`)
  for (const phone of phones) {
    const { error } = await auth.admin.createUser({
      phone,
      phone_confirm: true,
      user_metadata: { display_name: 'Ana' },
    })
    if (error) throw error
  }
  return phones
}

process.chdir(path.join(import.meta.dirname, '..'))
await buildWhereNeeded(say)
const supabase = await startSupabase()
const browser = await chromium.launch({ executablePath: findOrInstallBrowser(), args: ['--no-sandbox'] })
const closeBrowser = tidyUpWith(() => browser.close())
try {
  const phones = await makeAccounts(supabase, Number(values.runs))
  const server = await startServer(supabase)
  const stopServer = tidyUpWith(server.stop)
  const runs: Run[] = []
  console.log('| run | ask (ms) | verify and first page (ms) | total (ms) |\n|---|---|---|---|')
  for (const [index, phone] of phones.entries()) {
    const run = await signIn(browser, supabase, `http://localhost:${server.port}`, phone)
    runs.push(run)
    const cells = [run.askInMs, run.verifyInMs, run.totalInMs].map((value) => Math.round(value))
    console.log(`| ${index === 0 ? '1, cold' : index + 1} | ${cells.join(' | ')} |`)
  }
  await stopServer()
  const totals = runs.map(({ totalInMs }) => Math.round(totalInMs))
  say(`load average ${(loadavg()[0] ?? 0).toFixed(2)}`)
  console.log(
    JSON.stringify({
      signInP50Ms: percentile(totals, 0.5),
      signInP95Ms: percentile(totals, 0.95),
      coldSignInMs: totals[0],
    }),
  )
} finally {
  await closeBrowser()
  await supabase.stop()
}
