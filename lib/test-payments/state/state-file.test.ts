import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startForTest } from '../testing/start-for-test.ts'

test('knows accounts, payments, keys and undelivered events after a restart', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'test-payments-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const stateFile = path.join(folder, 'state.json')
  const options = { idempotencyKey: 'tip-1' }

  const before = await startForTest({ stateFile })
  const wish = await before.tip()
  const session = await before.stripe.checkout.sessions.create(wish, options)
  await before.control.settled()
  before.control.hold()
  const charge = before.control.pay(session.id)
  await before.fake.stop()

  const after = await startForTest({ stateFile })
  expect(await after.stripe.checkout.sessions.create(wish, options)).toEqual(session)
  expect(await after.stripe.charges.retrieve(charge)).toMatchObject({ amount: 500, paid: true })
  await after.control.settled()
  expect(after.receiver.received.map(({ type }) => type)).toEqual(['checkout.session.completed'])
  expect(await after.stripe.refunds.create({ charge })).toMatchObject({ amount: 500 })
})
