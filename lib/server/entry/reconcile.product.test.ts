import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTipWorld } from '../tips/testing/tip-world.ts'

let world: Awaited<ReturnType<typeof startTipWorld>>
beforeAll(async () => {
  world = await startTipWorld()
})
afterAll(() => world.stop())

const script = path.join(import.meta.dirname, 'reconcile.ts')

/** `npm run reconcile` as a process, away from anybody's `.env`. */
function run(env: Record<string, string>): Promise<{ exitCode: number; printed: string }> {
  const { url, publishableKey, secretKey } = inject('supabase')
  const supabase = {
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_SECRET_KEY: secretKey,
  }
  const options = {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, NODE_ENV: 'test' as const, ...supabase, ...env },
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [script, '1'], options, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, printed: stdout + stderr }),
    )
  })
}

it('says what differs, and ends with 1', async () => {
  const { control, openRoom, pay, secrets, stripeUrl, tip } = world
  const { open } = await openRoom()
  const { tipId } = await open()
  control.hold()
  await pay(tipId)
  const { exitCode, printed } = await run({
    STRIPE_SECRET_KEY: 'sk_test_product',
    STRIPE_WEBHOOK_SECRET: secrets.secret,
    STRIPE_CONNECT_WEBHOOK_SECRET: secrets.connectSecret,
    STRIPE_API_URL: stripeUrl,
  })
  expect(printed).toContain(`${tipId}: had been missed; it is now paid\n`)
  expect(printed).toMatch(/\d+ tips looked up, [1-9]\d* differences\./)
  expect(exitCode).toBe(1)
  expect(await tip(tipId)).toMatchObject({ status: 'paid' })
  await control.release()
})

it('says which variable turns on what is off, and finds nothing there', async () => {
  expect(await run({})).toEqual({
    exitCode: 0,
    printed: 'Tips are off: STRIPE_SECRET_KEY is not set.\nPlus is off: REVENUECAT_SECRET_KEY is not set.\n',
  })
})
