import { expect, test } from 'vitest'
import { startForTest } from './testing/start-for-test.ts'

const route = 'POST /v1/checkout/sessions'
const options = { idempotencyKey: 'tip-1' }

/** The fake, a tip to ask for, and how many sessions there are. */
async function startTip() {
  const started = await startForTest()
  const { sessions } = started.stripe.checkout
  const wish = await started.tip()
  return { ...started, sessions, wish, count: async () => (await sessions.list()).data.length }
}

test('refuses a key that is in use', async () => {
  const { control, sessions, wish, count } = await startTip()
  const release = control.failNext(route, 'held')
  const ask = () =>
    sessions.create(wish, options).then(
      () => 200,
      ({ statusCode }) => statusCode,
    )
  const both = [ask(), ask()]
  expect(await Promise.race(both)).toBe(409)
  release()
  expect((await Promise.all(both)).sort()).toEqual([200, 409])
  expect(await count()).toBe(1)
})

test('doubles nothing when the answer was lost and the same key comes again', async () => {
  const { control, sessions, wish, count } = await startTip()
  // The SDK itself tries a line that broke once more.
  control.failNext(route, 'answer_lost', 2)
  await expect(sessions.create(wish, options)).rejects.toMatchObject({ type: 'StripeConnectionError' })
  expect(await count()).toBe(1)
  const session = await sessions.create(wish, options)
  expect(session.lastResponse.headers['idempotent-replayed']).toBe('true')
  expect(await count()).toBe(1)
})

test('does nothing where the line breaks before', async () => {
  const { control, sessions, wish, count } = await startTip()
  control.failNext(route, 'connection_reset', 2)
  await expect(sessions.create(wish, options)).rejects.toMatchObject({ type: 'StripeConnectionError' })
  expect(await count()).toBe(0)
})

test('keeps what the endpoint answered, even a 500, and nothing that came before it', async () => {
  const { control, sessions, wish, count } = await startTip()
  control.failNext(route, 'unavailable')
  await expect(sessions.create(wish, options)).rejects.toMatchObject({ statusCode: 503 })
  await expect(sessions.create({ ...wish, success_url: 'no' }, options)).rejects.toMatchObject({
    code: 'url_invalid',
  })
  control.failNext(route, 'server_error')
  await expect(sessions.create(wish, options)).rejects.toMatchObject({ statusCode: 500 })
  await expect(sessions.create(wish, options)).rejects.toMatchObject({ statusCode: 500 })
  expect(await count()).toBe(0)
  await sessions.create(wish, { idempotencyKey: 'tip-1-again' })
})
