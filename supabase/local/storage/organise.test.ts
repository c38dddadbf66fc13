import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Person, serviceClient, signInSomebody } from '../testing/people.ts'

const stack = inject('stack')
let ana: Person
beforeAll(async () => {
  ana = await signInSomebody(stack)
})

async function newFolder(names: string[]): Promise<string> {
  const folder = `${ana.id}/${randomUUID()}`
  for (const name of names) {
    const { error } = await ana.client.storage.from('own-folders').upload(`${folder}/${name}`, name)
    if (error) throw error
  }
  return folder
}

describe('list', () => {
  const namesIn = async (...parameters: Parameters<ReturnType<typeof ana.client.storage.from>['list']>) => {
    const { data, error } = await ana.client.storage.from('own-folders').list(...parameters)
    if (error) throw error
    return data.map(({ name }) => name)
  }

  test('shows folders first, each once, without ids', async () => {
    const folder = await newFolder(['b.txt', 'a.txt', 'takes/1.txt', 'takes/2.txt', 'art/front/x.png'])
    const { data } = await ana.client.storage.from('own-folders').list(folder)
    expect(data?.map(({ name, id }) => [name, id === null])).toEqual([
      ['art', true],
      ['takes', true],
      ['a.txt', false],
      ['b.txt', false],
    ])
    expect(data?.at(-1)?.metadata).toMatchObject({ size: 5, mimetype: 'text/plain;charset=UTF-8' })
    expect(await namesIn(`${folder}/takes/`)).toEqual(['1.txt', '2.txt'])
  })

  test('searches, sorts and pages', async () => {
    const folder = await newFolder(['a1', 'a2', 'a_', 'b1'])
    expect(await namesIn(folder, { search: 'A' })).toEqual(['a1', 'a2', 'a_'])
    expect(await namesIn(folder, { search: 'a_' })).toEqual(['a_'])
    expect(await namesIn(folder, { sortBy: { column: 'created_at', order: 'desc' } })).toEqual([
      'b1',
      'a_',
      'a2',
      'a1',
    ])
    expect(await namesIn(folder, { limit: 2, offset: 1 })).toEqual(['a2', 'a_'])
  })

  test('a folder is not another that begins alike', async () => {
    const folder = await newFolder(['set/1', 'set-two/2'])
    expect(await namesIn(`${folder}/set`)).toEqual(['1'])
  })

  test('the second form pages by cursor', async () => {
    const folder = await newFolder(['1', '2', '3', 'more/4'])
    const bucket = ana.client.storage.from('own-folders')
    const options = { prefix: `${folder}/`, with_delimiter: true, limit: 3 }
    const first = await bucket.listV2(options)
    expect(first.data?.objects.map(({ name }) => name)).toEqual(
      ['1', '2', '3'].map((name) => `${folder}/${name}`),
    )
    expect(first.data?.hasNext).toBe(true)
    const second = await bucket.listV2({ ...options, cursor: first.data?.nextCursor })
    expect(second.data).toMatchObject({ hasNext: false, objects: [], folders: [{ name: `${folder}/more/` }] })
  })
})

describe('move, copy, remove', () => {
  test('a moved object is at its new place only', async () => {
    const folder = await newFolder(['a'])
    const bucket = ana.client.storage.from('own-folders')
    expect((await bucket.move(`${folder}/a`, `${folder}/b`)).data?.message).toBe('Successfully moved')
    expect((await bucket.exists(`${folder}/a`)).data).toBe(false)
    expect(await (await bucket.download(`${folder}/b`)).data?.text()).toBe('a')
    const across = await bucket.move(`${folder}/b`, `${randomUUID()}`, { destinationBucket: 'albums' })
    expect(across.error).toBeNull()
  })

  test('a copy outlives its original', async () => {
    const folder = await newFolder(['a'])
    const bucket = ana.client.storage.from('own-folders')
    expect((await bucket.copy(`${folder}/a`, `${folder}/b`)).data?.path).toBe(`own-folders/${folder}/b`)
    expect((await bucket.remove([`${folder}/a`])).data).toHaveLength(1)
    expect(await (await bucket.download(`${folder}/b`)).data?.text()).toBe('a')
  })

  test('neither overwrites', async () => {
    const folder = await newFolder(['a', 'b'])
    const bucket = ana.client.storage.from('own-folders')
    expect((await bucket.move(`${folder}/a`, `${folder}/b`)).error).toMatchObject({ statusCode: '409' })
    expect((await bucket.copy(`${folder}/a`, `${folder}/b`)).error).toMatchObject({ statusCode: '409' })
    expect((await bucket.move(`${folder}/nothing`, `${folder}/c`)).error).toMatchObject({ statusCode: '404' })
  })
})

test('buckets are made, changed, emptied and deleted by the service, and by nobody else', async () => {
  const { storage } = serviceClient(stack)
  const id = `bucket-${randomUUID()}`
  expect((await ana.client.storage.createBucket(id)).error).toMatchObject({ statusCode: '403' })
  const options = { public: false, fileSizeLimit: '20mb', allowedMimeTypes: ['audio/mp4'] }
  expect((await storage.createBucket(id, options)).data).toEqual({ name: id })
  expect((await storage.createBucket(id)).error).toMatchObject({ statusCode: '409' })
  expect((await storage.updateBucket(id, { public: true, allowedMimeTypes: null })).error).toBeNull()
  expect((await storage.getBucket(id)).data).toMatchObject({
    id,
    public: true,
    file_size_limit: 20_000_000,
    allowed_mime_types: null,
  })
  expect((await storage.listBuckets()).data?.map((bucket) => bucket.id)).toContain(id)
  expect((await ana.client.storage.listBuckets()).data).toEqual([])

  await storage.from(id).upload('a', 'a')
  const { publicUrl } = storage.from(id).getPublicUrl('a').data
  expect((await fetch(publicUrl)).status).toBe(200)
  expect((await storage.updateBucket(id, { public: false })).error).toBeNull()
  expect((await fetch(publicUrl)).status).toBe(400)

  expect((await storage.deleteBucket(id)).error).toMatchObject({ statusCode: '409' })
  expect((await storage.emptyBucket(id)).error).toBeNull()
  expect((await storage.deleteBucket(id)).error).toBeNull()
  expect((await storage.getBucket(id)).error).toMatchObject({ message: 'Bucket not found' })
})
