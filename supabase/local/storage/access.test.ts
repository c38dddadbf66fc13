import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { anonymousClient, type Person, serviceClient, signInSomebody } from '../testing/people.ts'

const stack = inject('stack')
let ana: Person
let ben: Person
let key: string
beforeAll(async () => {
  ;[ana, ben] = await Promise.all([signInSomebody(stack), signInSomebody(stack)])
  key = `${ana.id}/${randomUUID()}.txt`
  await ana.client.storage.from('own-folders').upload(key, 'private')
})

describe('a private object', () => {
  test('is there for its owner', async () => {
    const { data } = await ana.client.storage.from('own-folders').download(key)
    expect(await data?.text()).toBe('private')
  })

  test.each([
    ['somebody else', () => ben.client],
    ['nobody', () => anonymousClient(stack)],
  ])('is not there for %s', async (_name, client) => {
    const bucket = client().storage.from('own-folders')
    expect((await bucket.download(key)).error).toMatchObject({ statusCode: '404' })
    expect((await bucket.exists(key)).data).toBe(false)
    expect((await bucket.list(ana.id)).data).toEqual([])
    expect((await bucket.createSignedUrl(key, 60)).error).toMatchObject({ statusCode: '404' })
    expect((await bucket.move(key, 'stolen')).error).toMatchObject({ statusCode: '404' })
    expect((await bucket.copy(key, 'stolen')).error).toMatchObject({ statusCode: '404' })
    expect((await bucket.remove([key])).data).toEqual([])
    expect((await bucket.upload(key, 'x', { upsert: true })).error).toMatchObject({ statusCode: '403' })
    expect((await bucket.createSignedUploadUrl(key, { upsert: true })).error).toMatchObject({
      statusCode: '403',
    })
    expect((await ana.client.storage.from('own-folders').exists(key)).data).toBe(true)
  })

  test('does not come by the public address', async () => {
    const response = await fetch(`${stack.url}/storage/v1/object/public/own-folders/${key}`)
    expect(await response.json()).toMatchObject({ message: 'Bucket not found' })
  })

  test('a forged token is refused', async () => {
    const [head, , signature] = ana.accessToken.split('.')
    const body = Buffer.from(JSON.stringify({ role: 'service_role', sub: ana.id })).toString('base64url')
    const response = await fetch(`${stack.url}/storage/v1/object/own-folders/${key}`, {
      headers: { authorization: `Bearer ${head}.${body}.${signature}` },
    })
    expect(await response.json()).toMatchObject({ statusCode: '403' })
  })
})

test('who may only insert can upload, and see nothing', async () => {
  const bucket = ben.client.storage.from('drop-box')
  const dropped = randomUUID()
  expect((await bucket.upload(dropped, 'for you')).error).toBeNull()
  expect((await bucket.exists(dropped)).data).toBe(false)
  expect((await bucket.upload(dropped, 'again')).error).toMatchObject({ statusCode: '409' })
  const { data } = await serviceClient(stack).storage.from('drop-box').download(dropped)
  expect(await data?.text()).toBe('for you')
})

test('the owner of an object is who uploaded it', async () => {
  const { data } = await serviceClient(stack).storage.from('own-folders').remove([key])
  expect(data).toEqual([expect.objectContaining({ name: key, owner: ana.id, owner_id: ana.id })])
})
