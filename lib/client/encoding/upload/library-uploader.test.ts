import { afterEach, expect, it, vi } from 'vitest'
import { mayBeEncodedElsewhere, type UploadPhase, type UploadView } from './upload-view.ts'
import { createUploadWorld, firstPaths, openLimits, testPaths, until, untilPhase } from './upload-world.ts'

const file = (name: string) => new File(['sound'], name)

afterEach(() => void vi.restoreAllMocks())

it('brings a file from the disk to the verdict, phase by phase', async () => {
  const world = createUploadWorld()
  const uploader = world.visit()
  const phases: UploadPhase['phase'][] = []
  uploader.subscribe(() => {
    const phase = uploader.getSnapshot().uploads[0]?.phase
    if (phase && phases.at(-1) !== phase) phases.push(phase)
  })
  uploader.add([file('a.mp3')])
  const { id } = await untilPhase(uploader, 'a.mp3', 'checking')
  expect(world.server.get(id)?.stored).toEqual(new Set(firstPaths))
  expect(world.server.get(id)?.status).toBe('uploaded')
  world.settle(id)
  expect(await untilPhase(uploader, 'a.mp3', 'improving')).toMatchObject({ isPlayable: true })
  await untilRest(world, id)
  expect(world.server.get(id)?.stored).toEqual(new Set(testPaths))
  world.settle(id)
  await untilPhase(uploader, 'a.mp3', 'published')
  const way = ['waiting', 'reading', 'waiting', 'encoding', 'uploading', 'checking', 'improving', 'published']
  expect(phases).toEqual(way)
  expect(world.files.size).toBe(0)
})

it('encodes one file at a time, in the order they came, and goes on behind a bad one', async () => {
  const world = createUploadWorld()
  const encode = world.encode
  world.encode = async (name) => (name === 'b.mp3' ? { ok: false, code: 'not_audio' } : encode(name))
  const uploader = world.visit()
  uploader.add(['a.mp3', 'b.mp3', 'c.mp3'].map(file))
  await Promise.all([
    untilPhase(uploader, 'a.mp3', 'checking'),
    untilPhase(uploader, 'b.mp3', 'refused'),
    untilPhase(uploader, 'c.mp3', 'checking'),
  ])
  expect(world.mostEncodingsAtOnce).toBe(1)
  expect(world.journal.filter((line) => line.startsWith('encode'))).toEqual([
    'encode a.mp3',
    'encode b.mp3',
    'encode c.mp3',
  ])
  // The server never heard of the one that is no audio, and nothing of it is kept.
  expect(world.server.size).toBe(2)
  expect([...world.files.keys()].some((path) => path.includes(idOf(uploader, 'b.mp3')))).toBe(false)
})

it('copies one file at a time, so that the first of many is soon encoded', async () => {
  const world = createUploadWorld()
  world.encode = () => new Promise(() => {})
  const uploader = world.visit()
  uploader.add(['a.mp3', 'b.mp3', 'c.mp3'].map(file))
  await until(uploader, () => [...world.files.keys()].filter((path) => path.endsWith('source')).length === 3)
  expect(world.mostCopiesAtOnce).toBe(1)
})

it('keeps the order in which they came over a reload', async () => {
  const world = createUploadWorld()
  world.encode = () => new Promise(() => {})
  let nowInMs = 0
  vi.spyOn(Date, 'now').mockImplementation(() => ++nowInMs)
  const ids = [3, 1, 2].map((digit) => `0000000${digit}-0000-4000-8000-000000000000`)
  const first = world.visit({ newId: () => ids.shift() ?? '' })
  const names = ['a.mp3', 'b.mp3', 'c.mp3']
  first.add(names.map(file))
  await until(first, () => [...world.files.keys()].filter((path) => path.endsWith('.json')).length === 3)
  first.destroy()
  world.held.clear()
  const second = world.visit()
  const { uploads } = await until(second, (snapshot) => snapshot.uploads.length === 3)
  expect(uploads.map(({ name }) => name)).toEqual(names)
})

it('goes on after a reload: encodes nothing anew and skips what is stored', async () => {
  const world = createUploadWorld()
  const gate = Promise.withResolvers<void>()
  const first = world.visit()
  world.putFailures = 0
  first.add([file('a.mp3')])
  await untilPhase(first, 'a.mp3', 'uploading')
  const before = await until(
    first,
    ({ uploads: [upload] }) => upload?.phase === 'uploading' && upload.share > 0.3,
  )
  world.gate = gate.promise
  first.destroy()
  gate.resolve()
  const id = before.uploads[0]?.id ?? ''
  await settled()
  const storedBefore = world.server.get(id)?.stored.size ?? 0
  expect(storedBefore).toBeGreaterThan(0)
  expect(storedBefore).toBeLessThan(firstPaths.length)
  world.gate = Promise.resolve()
  world.journal.length = 0

  const second = world.visit()
  expect((await untilPhase(second, 'a.mp3', 'checking')).id).toBe(id)
  expect(world.journal).toHaveLength(firstPaths.length - storedBefore)
  expect(world.journal.every((line) => line.startsWith('put'))).toBe(true)
})

it('encodes anew after a reload in the middle of encoding', async () => {
  const world = createUploadWorld()
  const encode = world.encode
  world.encode = () => new Promise(() => {})
  const first = world.visit()
  first.add([file('a.mp3')])
  await untilPhase(first, 'a.mp3', 'encoding')
  first.destroy()
  world.held.clear()
  world.encode = encode
  const second = world.visit()
  await untilPhase(second, 'a.mp3', 'checking')
})

it('waits for the verdict after a reload behind the completion', async () => {
  const world = createUploadWorld()
  const first = world.visit()
  first.add([file('a.mp3')])
  const { id } = await untilPhase(first, 'a.mp3', 'checking')
  first.destroy()
  await settled()
  const second = world.visit()
  await untilPhase(second, 'a.mp3', 'checking')
  world.settle(id, 'segment_mismatch')
  expect(await untilPhase(second, 'a.mp3', 'refused')).toMatchObject({ code: 'segment_mismatch' })
})

it('lives through a network that fails now and then', async () => {
  const world = createUploadWorld()
  world.putFailures = 6
  const uploader = world.visit()
  uploader.add([file('a.mp3')])
  const { id } = await untilPhase(uploader, 'a.mp3', 'checking')
  expect(world.server.get(id)?.stored).toEqual(new Set(firstPaths))
})

it('stops when the network stays away, and goes on when asked', async () => {
  const world = createUploadWorld()
  world.putFailures = Number.POSITIVE_INFINITY
  const uploader = world.visit()
  uploader.add([file('a.mp3')])
  const { id, ...failed } = await untilPhase(uploader, 'a.mp3', 'failed')
  expect(failed).toMatchObject({ code: 'upload_failed' })
  world.putFailures = 0
  uploader.retry(id)
  await untilPhase(uploader, 'a.mp3', 'checking')
  expect(world.journal.filter((line) => line.startsWith('encode'))).toHaveLength(1)
})

it.each(['encoder_failed', 'unsupported_codec'] as const)(
  'has the server encode a file that failed here with %s, when it is told to',
  async (code) => {
    const world = createUploadWorld()
    world.encode = async () => ({ ok: false, code })
    const first = world.visit()
    first.add([file('Band - Song.wma')], { trimsSilence: true })
    const { id } = await until(
      first,
      ({ uploads: [upload] }) => !!upload && mayBeEncodedElsewhere(upload, openLimits.originalMaxBytes),
    ).then(({ uploads: [upload] }) => upload as UploadView)
    world.putFailures = 1
    first.encodeElsewhere(id)
    await untilPhase(first, 'Band - Song.wma', 'encoding_elsewhere')
    expect(world.journal.slice(-2)).toEqual(['put original', `encode ${id} elsewhere, trimmed`])
    first.destroy()
    await settled()
    // After a reload it still waits for the server, and neither encodes nor uploads anew.
    const second = world.visit()
    await untilPhase(second, 'Band - Song.wma', 'encoding_elsewhere')
    expect(world.journal.filter((line) => line.startsWith('put'))).toHaveLength(1)
    world.settle(id)
    await untilPhase(second, 'Band - Song.wma', 'published')
    expect(world.files.size).toBe(0)
  },
)

it('keeps nothing of a file that the server would not encode either, and offers nothing', async () => {
  const world = createUploadWorld()
  world.encode = async () => ({ ok: false, code: 'unsupported_codec' })
  const uploader = world.visit({ encodesElsewhere: false })
  uploader.add([file('a.wma')])
  const { id } = await untilPhase(uploader, 'a.wma', 'refused')
  uploader.encodeElsewhere(id)
  expect(uploader.getSnapshot().uploads[0]?.phase).toBe('refused')
  expect(world.files.size).toBe(0)
})

it('offers the server what the browser could not encode, up to a size, and nothing that can be played already', () => {
  const failed = { phase: 'failed', code: 'encoder_failed', bytes: 1_000, isPlayable: false } as const
  const isOffered = (upload: Parameters<typeof mayBeEncodedElsewhere>[0]) =>
    mayBeEncodedElsewhere(upload, openLimits.originalMaxBytes)
  expect(isOffered(failed)).toBe(true)
  expect(isOffered({ ...failed, bytes: 200 * 1024 ** 2 + 1 })).toBe(false)
  expect(isOffered({ ...failed, isPlayable: true })).toBe(false)
  expect(isOffered({ ...failed, code: 'storage_full' })).toBe(false)
  expect(isOffered({ ...failed, phase: 'refused', code: 'protected' })).toBe(false)
})

it('forgets a canceled upload everywhere, and the next one goes on', async () => {
  const world = createUploadWorld()
  const gate = Promise.withResolvers<void>()
  world.gate = gate.promise
  const uploader = world.visit()
  uploader.add([file('a.mp3'), file('b.mp3')])
  const { id } = await untilPhase(uploader, 'a.mp3', 'uploading')
  await until(uploader, () => world.server.has(id))
  uploader.cancel(id)
  gate.resolve()
  await untilPhase(uploader, 'b.mp3', 'checking')
  expect(uploader.getSnapshot().uploads.map(({ name }) => name)).toEqual(['b.mp3'])
  expect(world.server.has(id)).toBe(false)
  expect([...world.files.keys()].some((path) => path.startsWith(id))).toBe(false)
})

it('forgets one that waits at once, without asking the server to forget what it never heard of', async () => {
  const world = createUploadWorld()
  world.encode = () => new Promise(() => {})
  const uploader = world.visit()
  uploader.add([file('a.mp3'), file('b.mp3')])
  await untilPhase(uploader, 'a.mp3', 'encoding')
  const { id } = await untilPhase(uploader, 'b.mp3', 'waiting')
  uploader.cancel(id)
  await settled()
  expect(world.journal).not.toContain(`remove ${id}`)
  expect([...world.files.keys()].some((path) => path.startsWith(id))).toBe(false)
})

it('takes a settled upload out of the list, but not a running one', async () => {
  const world = createUploadWorld()
  const uploader = world.visit()
  uploader.add([file('a.mp3')])
  const { id } = await untilPhase(uploader, 'a.mp3', 'checking')
  uploader.dismiss(id)
  expect(uploader.getSnapshot().uploads).toHaveLength(1)
  await settleAll(world, uploader, id)
  uploader.dismiss(id)
  expect(uploader.getSnapshot().uploads).toEqual([])
})

it('leaves an upload to the tab that is at it', async () => {
  const world = createUploadWorld()
  const gate = Promise.withResolvers<void>()
  world.gate = gate.promise
  const first = world.visit()
  first.add([file('a.mp3')])
  await untilPhase(first, 'a.mp3', 'uploading')
  const second = world.visit()
  await settled()
  expect(second.getSnapshot().uploads).toEqual([])
  gate.resolve()
  await untilPhase(first, 'a.mp3', 'checking')
})

it('says when there is no room, and when the page may not keep files', async () => {
  const world = createUploadWorld()
  const full = world.visit({
    store: {
      keep: async () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
      read: async () => null,
      remove: async () => {},
      list: async () => [],
    },
  })
  full.add([file('a.mp3')])
  expect(await untilPhase(full, 'a.mp3', 'failed')).toMatchObject({ code: 'storage_full' })

  const insecure = world.visit({ isAvailable: false })
  insecure.add([file('a.mp3')])
  expect(insecure.getSnapshot()).toMatchObject({
    isAvailable: false,
    uploads: [{ phase: 'failed', code: 'needs_https' }],
  })
})

it('makes all files playable before it makes any of them better', async () => {
  const world = createUploadWorld()
  const uploader = world.visit()
  uploader.add(['a.mp3', 'b.mp3', 'c.mp3'].map(file))
  const names = ['a.mp3', 'b.mp3', 'c.mp3']
  for (const name of names) world.settle((await untilPhase(uploader, name, 'checking')).id)
  for (const name of names) await untilRest(world, (await untilPhase(uploader, name, 'improving')).id)
  expect(world.journal.filter((line) => line.startsWith('encode')).slice(0, 3)).toEqual([
    'encode a.mp3',
    'encode b.mp3',
    'encode c.mp3',
  ])
})

it('encodes as many at once as there are encoders', async () => {
  const world = createUploadWorld()
  world.encode = () => new Promise(() => {})
  const uploader = world.visit({ encodersAtOnce: 3 })
  uploader.add(['a.mp3', 'b.mp3', 'c.mp3', 'd.mp3', 'e.mp3'].map(file))
  await untilPhase(uploader, 'c.mp3', 'encoding')
  await settled()
  expect(world.mostEncodingsAtOnce).toBe(3)
  expect(uploader.getSnapshot().uploads.filter(({ phase }) => phase === 'encoding')).toHaveLength(3)
})

it('goes on with the rest after a reload, and makes the first rendition no second time', async () => {
  const world = createUploadWorld()
  const gate = Promise.withResolvers<void>()
  world.restGate = gate.promise
  const first = world.visit()
  first.add([file('a.mp3')])
  const { id } = await untilPhase(first, 'a.mp3', 'checking')
  world.settle(id)
  await untilPhase(first, 'a.mp3', 'improving')
  first.destroy()
  await settled()
  gate.resolve()
  const second = world.visit()
  await untilRest(world, id)
  world.settle(id)
  await untilPhase(second, 'a.mp3', 'published')
  expect(world.journal.filter((line) => line === 'encode a.mp3')).toHaveLength(1)
  const puts = world.journal.filter((line) => line.startsWith('put'))
  expect(new Set(puts).size).toBe(puts.length)
  expect(world.files.size).toBe(0)
})

it('makes and sends no better rendition than the plan allows', async () => {
  const world = createUploadWorld()
  world.limits = { ...openLimits, renditions: ['64k', '128k'] }
  const uploader = world.visit()
  uploader.add([file('a.mp3')])
  const { id } = await untilPhase(uploader, 'a.mp3', 'checking')
  await settleAll(world, uploader, id)
  expect(world.journal.filter((line) => line.startsWith('put 256k'))).toEqual([])
})

it('leaves out what was made under a plan that has ended since', async () => {
  const world = createUploadWorld()
  const gate = Promise.withResolvers<void>()
  const first = world.visit()
  first.add([file('a.mp3')])
  const { id } = await untilPhase(first, 'a.mp3', 'checking')
  world.gate = gate.promise
  world.settle(id)
  while (![...world.files.keys()].includes(`${id}/256k/init.mp4`)) await settled()
  await settled()
  first.destroy()
  gate.resolve()
  await settled()
  world.limits = { ...openLimits, renditions: ['64k', '128k'] }
  const second = world.visit()
  await untilRest(world, id)
  world.settle(id)
  await untilPhase(second, 'a.mp3', 'published')
  expect(world.server.get(id)?.renditionsCount).toBe(2)
})

it('leaves a track as it is where the rest is refused or no longer wanted', async () => {
  const world = createUploadWorld()
  const uploader = world.visit()
  uploader.add([file('a.mp3'), file('b.mp3')])
  const { id } = await untilPhase(uploader, 'a.mp3', 'checking')
  world.settle(id)
  await untilRest(world, id)
  world.settle(id, 'rendition_mismatch')
  expect(await untilPhase(uploader, 'a.mp3', 'refused')).toMatchObject({ isPlayable: true })

  world.restGate = new Promise(() => {})
  const other = await untilPhase(uploader, 'b.mp3', 'checking')
  world.settle(other.id)
  await untilPhase(uploader, 'b.mp3', 'improving')
  uploader.cancel(other.id)
  await settled()
  expect(world.server.get(other.id)?.status).toBe('published')
  expect([...world.files.keys()].some((path) => path.startsWith(other.id))).toBe(false)
})

it('pauses everything, takes more files in, and goes on where it was', async () => {
  const world = createUploadWorld()
  const encode = world.encode
  world.encode = (name) => (name === 'b.mp3' ? new Promise(() => {}) : encode(name))
  const uploader = world.visit()
  uploader.add([file('a.mp3'), file('b.mp3')])
  await untilPhase(uploader, 'a.mp3', 'checking')
  await untilPhase(uploader, 'b.mp3', 'encoding')
  uploader.pause()
  uploader.add([file('c.mp3')])
  await settled()
  expect(uploader.getSnapshot()).toMatchObject({ isPaused: true })
  expect(uploader.getSnapshot().uploads.map(({ phase }) => phase)).toEqual(['paused', 'paused', 'paused'])
  const soFar = world.journal.length
  world.encode = encode
  await settled()
  expect(world.journal).toHaveLength(soFar)

  uploader.resume()
  for (const name of ['a.mp3', 'b.mp3', 'c.mp3']) await untilPhase(uploader, name, 'checking')
  expect(world.journal.filter((line) => line === 'encode a.mp3')).toHaveLength(1)
})

it('leaves the silence around the music out where that was asked for, after a reload too', async () => {
  const world = createUploadWorld()
  const encode = world.encode
  world.encode = () => new Promise(() => {})
  const first = world.visit()
  first.add([file('a.mp3')], { trimsSilence: true })
  await untilPhase(first, 'a.mp3', 'encoding')
  first.destroy()
  await settled()
  world.encode = encode
  const second = world.visit()
  second.add([file('b.mp3')])
  await untilPhase(second, 'a.mp3', 'checking')
  await untilPhase(second, 'b.mp3', 'checking')
  expect(world.trimmed).toEqual(['a.mp3', 'a.mp3'])
})

/** Resolves once all renditions of a track were handed over. */
async function untilRest(world: ReturnType<typeof createUploadWorld>, id: string): Promise<void> {
  while (world.server.get(id)?.rest !== 'uploaded') await settled()
}

async function settleAll(
  world: ReturnType<typeof createUploadWorld>,
  uploader: ReturnType<ReturnType<typeof createUploadWorld>['visit']>,
  id: string,
): Promise<void> {
  world.settle(id)
  await untilRest(world, id)
  world.settle(id)
  await until(uploader, ({ uploads }) =>
    uploads.some((upload) => upload.id === id && upload.phase === 'published'),
  )
}

function idOf(uploader: ReturnType<ReturnType<typeof createUploadWorld>['visit']>, name: string): string {
  return uploader.getSnapshot().uploads.find((upload) => upload.name === name)?.id ?? 'none'
}

/** Lets everything run that is ready to run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
