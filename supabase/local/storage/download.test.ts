import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Person, signInSomebody } from '../testing/people.ts'

const stack = inject('stack')
const small = randomBytes(1000)
/** More than is read at once. */
const large = randomBytes(3_000_000)
let ana: Person
let key: string
let url: string
let largeUrl: string

beforeAll(async () => {
  ana = await signInSomebody(stack)
  const bucket = ana.client.storage.from('albums')
  key = `${randomUUID()}/seg 1.m4s`
  const largeKey = `${randomUUID()}.bin`
  const options = { contentType: 'audio/mp4', cacheControl: '31536000' }
  for (const [name, body] of [
    [key, small],
    [largeKey, large],
  ] as const) {
    const { error } = await bucket.upload(name, body, options)
    if (error) throw error
  }
  url = bucket.getPublicUrl(key).data.publicUrl
  largeUrl = bucket.getPublicUrl(largeKey).data.publicUrl
})

const get = (headers: Record<string, string> = {}, address = url, method = 'GET') =>
  fetch(address, { method, headers })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('a public object', () => {
  test('comes to everybody, with what a player and caches need', async () => {
    const response = await get({ origin: 'http://app.example' })
    expect(response.status).toBe(200)
    expect((await bytesOf(response)).equals(small)).toBe(true)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/mp4',
      'content-length': '1000',
      'cache-control': 'max-age=31536000',
      'accept-ranges': 'bytes',
      'access-control-allow-origin': '*',
    })
    expect(response.headers.get('access-control-expose-headers')).toMatch(/Content-Range/i)
    expect(response.headers.get('access-control-expose-headers')).toMatch(/ETag/i)
  })

  test('comes whole when it is large', async () => {
    expect((await bytesOf(await get({}, largeUrl))).equals(large)).toBe(true)
  })

  test('a reader that goes away does not harm', async () => {
    const response = await get({}, largeUrl)
    await response.body?.cancel()
    expect((await bytesOf(await get({}, largeUrl))).equals(large)).toBe(true)
  })

  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=990-', 990, 999],
    ['bytes=-10', 990, 999],
  ])('%s is answered by 206', async (range, start, end) => {
    const response = await get({ range })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/1000`)
    expect(response.headers.get('content-length')).toBe(String(end - start + 1))
    expect((await bytesOf(response)).equals(small.subarray(start, end + 1))).toBe(true)
  })

  test('a large range is streamed exactly', async () => {
    const response = await get({ range: 'bytes=1-2500000' }, largeUrl)
    expect((await bytesOf(response)).equals(large.subarray(1, 2_500_001))).toBe(true)
  })

  test('a range beyond the end is answered by 416', async () => {
    const response = await get({ range: 'bytes=1000-' })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */1000')
  })

  test('a copy that is still good is answered by 304', async () => {
    const etag = (await get()).headers.get('etag') ?? ''
    const response = await get({ 'if-none-match': etag })
    expect(response.status).toBe(304)
    expect(await response.text()).toBe('')
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200)
    expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200)
  })

  test('HEAD tells the same without the bytes', async () => {
    const response = await get({}, url, 'HEAD')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('1000')
    expect(await response.text()).toBe('')
  })

  test('preflights for ranges are allowed', async () => {
    const response = await get(
      {
        origin: 'http://app.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'range',
      },
      url,
      'OPTIONS',
    )
    expect(response.ok).toBe(true)
    expect(response.headers.get('access-control-allow-headers')).toMatch(/range/i)
  })

  test('download names the file', async () => {
    const named = await get({}, `${url}?download=${encodeURIComponent('canción.mp4')}`)
    expect(named.headers.get('content-disposition')).toContain("filename*=UTF-8''canci%C3%B3n.mp4")
    const plain = await get({}, `${url}?download=`)
    expect(plain.headers.get('content-disposition')).toContain('filename="seg 1.m4s"')
    expect((await get()).headers.get('content-disposition')).toBeNull()
  })

  test('a replaced object is seen at once', async () => {
    const bucket = ana.client.storage.from('albums')
    const playlist = `${randomUUID()}.m3u8`
    const address = bucket.getPublicUrl(playlist).data.publicUrl
    for (const version of ['one', 'two', 'three']) {
      await bucket.upload(playlist, version, { upsert: true })
      expect(await (await get({}, address)).text()).toBe(version)
    }
    await bucket.remove([playlist])
    expect((await get({}, address)).status).toBe(400)
  })
})

test('what is missing is told in the words of storage-js', async () => {
  const bucket = ana.client.storage.from('albums')
  expect((await bucket.exists('nothing')).data).toBe(false)
  expect((await bucket.download('nothing')).error).toMatchObject({
    statusCode: '404',
    message: 'Object not found',
  })
  const response = await get({}, `${stack.url}/storage/v1/object/public/albums/nothing`)
  expect(await response.json()).toMatchObject({ statusCode: '404', error: 'not_found' })
})

test('an uploaded page is shown as text', async () => {
  const bucket = ana.client.storage.from('albums')
  const page = `${randomUUID()}.html`
  await bucket.upload(page, '<script>', { contentType: 'text/html' })
  expect((await get({}, bucket.getPublicUrl(page).data.publicUrl)).headers.get('content-type')).toMatch(
    /^text\/plain/,
  )
})
