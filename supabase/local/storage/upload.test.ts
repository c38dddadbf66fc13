import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { beforeAll, expect, inject, test } from 'vitest'
import { type Person, serviceClient, signInSomebody } from '../testing/people.ts'

const stack = inject('stack')
let ana: Person
beforeAll(async () => {
  ana = await signInSomebody(stack)
})
const newKey = (extension = 'bin') => `${ana.id}/${randomUUID()}.${extension}`

async function bytesAt(key: string, bucket = 'own-folders'): Promise<Buffer> {
  const { data, error } = await ana.client.storage.from(bucket).download(key)
  if (error) throw error
  return Buffer.from(await data.arrayBuffer())
}

const content = randomBytes(300_000)
test.each([
  ['a buffer', () => content],
  ['a Blob (a form)', () => new Blob([content], { type: 'audio/mp4' })],
  ['a File', () => new File([content], 'x.bin')],
  ['an ArrayBuffer', () => new Uint8Array(content).buffer],
  ['a stream', () => Readable.from([content.subarray(0, 99), content.subarray(99)])],
])('uploads %s', async (_name, body) => {
  const key = newKey()
  const { data, error } = await ana.client.storage.from('own-folders').upload(key, body())
  expect(error).toBeNull()
  expect(data).toMatchObject({ path: key, fullPath: `own-folders/${key}`, id: expect.any(String) })
  expect((await bytesAt(key)).equals(content)).toBe(true)
})

test('an upload does not overwrite unless it says so', async () => {
  const key = newKey()
  const bucket = ana.client.storage.from('own-folders')
  await bucket.upload(key, 'one')
  const again = await bucket.upload(key, 'two')
  expect(again.error).toMatchObject({ statusCode: '409', message: 'The resource already exists' })
  expect((await bytesAt(key)).toString()).toBe('one')

  const upserted = await bucket.upload(key, 'three', { upsert: true })
  expect(upserted.error).toBeNull()
  expect((await bytesAt(key)).toString()).toBe('three')
  const updated = await bucket.update(key, new Blob(['four']))
  expect(updated.error).toBeNull()
  expect((await bytesAt(key)).toString()).toBe('four')
})

test('keeps type, cache control and metadata, of raw bodies and of forms', async () => {
  const bucket = ana.client.storage.from('own-folders')
  for (const body of ['abc', new Blob(['abc'], { type: 'audio/mp4' })]) {
    const key = newKey()
    await bucket.upload(key, body, { contentType: 'audio/mp4', cacheControl: '60', metadata: { take: 2 } })
    const { data } = await bucket.info(key)
    expect(data).toMatchObject({
      name: key,
      bucketId: 'own-folders',
      size: 3,
      contentType: 'audio/mp4',
      cacheControl: 'max-age=60',
      metadata: { take: 2 },
      etag: '"900150983cd24fb0d6963f7d28e17f72"',
    })
  }
})

test('a bucket holds to its limits of size and type', async () => {
  const bucket = ana.client.storage.from('small-audio')
  const key = () => `${randomUUID()}.mp3`
  const audio = { contentType: 'audio/mpeg' }
  expect((await bucket.upload(key(), Buffer.alloc(1000), audio)).error).toBeNull()
  for (const body of [
    Buffer.alloc(1001),
    Readable.from([Buffer.alloc(5_000_000)]),
    new Blob([Buffer.alloc(1001)], { type: 'audio/ogg' }),
  ]) {
    const { error } = await bucket.upload(key(), body, audio)
    expect(error).toMatchObject({
      statusCode: '413',
      message: 'The object exceeded the maximum allowed size',
    })
  }
  for (const body of ['text', new Blob(['text'], { type: 'text/plain' })]) {
    const { error } = await bucket.upload(key(), body, { contentType: 'text/plain' })
    expect(error).toMatchObject({ statusCode: '415', message: 'mime type text/plain is not supported' })
  }
})

test('a large upload that is refused still gets its answer', async () => {
  const { error } = await ana.client.storage
    .from('own-folders')
    .upload('somebody-else/x', Buffer.alloc(20_000_000))
  expect(error).toMatchObject({ statusCode: '403' })
  const { error: missing } = await ana.client.storage.from('nowhere').upload('x', Buffer.alloc(20_000_000))
  expect(missing).toMatchObject({ message: 'Bucket not found' })
})

test('of two uploads at once to one key exactly one wins', async () => {
  const key = newKey()
  const bucket = ana.client.storage.from('own-folders')
  const results = await Promise.all(Array.from({ length: 6 }, (_, at) => bucket.upload(key, `take ${at}`)))
  const winners = results.flatMap(({ error }, at) => (error ? [] : [at]))
  expect(winners).toHaveLength(1)
  expect((await bytesAt(key)).toString()).toBe(`take ${winners[0]}`)
})

test('bytes and row agree however many replace each other', async () => {
  const key = newKey()
  const bucket = ana.client.storage.from('own-folders')
  const takes = Array.from({ length: 8 }, (_, at) => `${at}`.repeat(10_000 + at))
  const results = await Promise.all(takes.map((take) => bucket.upload(key, take, { upsert: true })))
  expect(results.filter(({ error }) => error)).toEqual([])
  const { data } = await bucket.info(key)
  const bytes = await bytesAt(key)
  expect(takes).toContain(bytes.toString())
  expect(data?.size).toBe(bytes.byteLength)
})

test.each(['%2e%2e/%2e%2e/secret', '..%2f..%2fsecret', 'a%2f..%2fb', 'a//b', '%00', 'a%5cb'])(
  'refuses the address %s',
  async (path) => {
    const response = await fetch(`${stack.url}/storage/v1/object/drop-box/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.secretKey}` },
      body: 'x',
    })
    expect(response.status).toBeGreaterThanOrEqual(400)
    const { data } = await serviceClient(stack).storage.from('drop-box').list('', { search: 'secret' })
    expect(data).toEqual([])
  },
)
