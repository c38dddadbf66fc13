import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { anonymousClient, type Person, signInSomebody } from '../testing/people.ts'

const stack = inject('stack')
let ana: Person
beforeAll(async () => {
  ana = await signInSomebody(stack)
})
const newKey = () => `${ana.id}/${randomUUID()} 1.txt`

describe('a signed address for reading', () => {
  test('lets everybody read this one object', async () => {
    const bucket = ana.client.storage.from('own-folders')
    const key = newKey()
    await bucket.upload(key, 'signed')
    const { data, error } = await bucket.createSignedUrl(key, 60, { download: 'x.txt' })
    expect(error).toBeNull()
    const response = await fetch(data?.signedUrl ?? '')
    expect(await response.text()).toBe('signed')
    expect(response.headers.get('content-disposition')).toContain('x.txt')
    const other = (data?.signedUrl ?? '').replace(encodeURI(key), `${ana.id}/other`)
    expect((await (await fetch(other)).json()).error).toBe('InvalidJWT')
  })

  test('many are signed at once, each with its own answer', async () => {
    const bucket = ana.client.storage.from('own-folders')
    const keys = [newKey(), newKey()]
    for (const key of keys) await bucket.upload(key, key)
    const { data } = await bucket.createSignedUrls([...keys, 'nothing'], 60)
    expect(data?.map(({ path, error }) => [path, error === null])).toEqual([
      [keys[0], true],
      [keys[1], true],
      ['nothing', false],
    ])
    expect(await (await fetch(data?.[1]?.signedUrl ?? '')).text()).toBe(keys[1])
  })

  test('neither expired nor foreign tokens count', async () => {
    const key = newKey()
    await ana.client.storage.from('own-folders').upload(key, 'x')
    const forged = await new SignJWT({ use: 'read', url: `own-folders/${key}` })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('somebody else entirely, 32 bytes'))
    for (const token of [forged, 'nonsense', '']) {
      const response = await fetch(
        `${stack.url}/storage/v1/object/sign/own-folders/${encodeURI(key)}?token=${token}`,
      )
      expect(response.status).toBe(400)
    }
  })
})

describe('a signed address for uploading', () => {
  test('takes the upload of somebody without rights, once', async () => {
    const key = newKey()
    const { data, error } = await ana.client.storage.from('own-folders').createSignedUploadUrl(key)
    expect(error).toBeNull()
    const token = data?.token ?? ''
    const stranger = anonymousClient(stack).storage.from('own-folders')
    for (const [at, body] of ['first', new Blob(['second'])].entries()) {
      const uploaded = await stranger.uploadToSignedUrl(key, token, body, { upsert: true })
      if (at === 0) expect(uploaded.error).toBeNull()
      else expect(uploaded.error).toMatchObject({ statusCode: '409', message: 'The resource already exists' })
    }
    const stored = await ana.client.storage.from('own-folders').download(key)
    expect(await stored.data?.text()).toBe('first')
  })

  test('overwrites when it was made for that', async () => {
    const key = newKey()
    const bucket = ana.client.storage.from('own-folders')
    await bucket.upload(key, 'old')
    expect((await bucket.createSignedUploadUrl(key)).error).toMatchObject({ statusCode: '409' })
    const { data } = await bucket.createSignedUploadUrl(key, { upsert: true })
    await anonymousClient(stack)
      .storage.from('own-folders')
      .uploadToSignedUrl(key, data?.token ?? '', 'new')
    expect(await (await bucket.download(key)).data?.text()).toBe('new')
  })

  test('its token does not read, nor does a token for reading upload', async () => {
    const key = newKey()
    const bucket = ana.client.storage.from('own-folders')
    const upload = await bucket.createSignedUploadUrl(key)
    await bucket.upload(key, 'x')
    const path = `${stack.url}/storage/v1/object/sign/own-folders/${encodeURI(key)}`
    expect((await fetch(`${path}?token=${upload.data?.token}`)).status).toBe(400)
    const read = await bucket.createSignedUrl(key, 60)
    const token = new URL(read.data?.signedUrl ?? '').searchParams.get('token') ?? ''
    expect((await bucket.uploadToSignedUrl(key, token, 'y')).error).not.toBeNull()
    expect(await (await bucket.download(key)).data?.text()).toBe('x')
  })
})
