import { beforeEach, expect, it } from 'vitest'
import { sine } from '#lib/domain/audio/signals.ts'
import { createLiveEncoder } from './encode-live.ts'
import { createRecordings, type Recordings } from './recordings.ts'

let files: Map<string, Uint8Array<ArrayBuffer>>
let endedAtInMs: Map<string, number>
let locks: Set<string>
/** Whether the browser has room for more. */
let hasRoom: boolean
let isReadable: boolean
let nowInMs: number

beforeEach(() => {
  files = new Map()
  endedAtInMs = new Map()
  locks = new Set()
  hasRoom = true
  isReadable = true
  nowInMs = 1_000
})

/** A page of this browser, whose store outlives it. */
function visit(): Recordings {
  return createRecordings({
    store: {
      append: async (id, path, bytes) => {
        if (!hasRoom) throw new DOMException('full', 'QuotaExceededError')
        const key = `${id}/${path}`
        files.set(key, joined(...[files.get(key)].filter((part) => part !== undefined), bytes))
        endedAtInMs.set(key, nowInMs)
      },
      read: async (id, path) => {
        if (!isReadable) throw new DOMException('busy', 'NotReadableError')
        const bytes = files.get(`${id}/${path}`)
        return bytes ? new File([bytes], path, { lastModified: endedAtInMs.get(`${id}/${path}`) ?? 0 }) : null
      },
      remove: async (id) => {
        for (const path of files.keys()) if (path.startsWith(`${id}/`)) files.delete(path)
      },
      list: async () => [...new Set([...files.keys()].map((path) => path.split('/')[0] ?? ''))],
    },
    withLock: async (name, work) => {
      if (locks.has(name)) return false
      locks.add(name)
      await work().finally(() => locks.delete(name))
      return true
    },
    now: () => nowInMs,
  })
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

function joined(...parts: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  parts.reduce((at, part) => {
    all.set(part, at)
    return at + part.length
  }, 0)
  return all
}

const encoded = encode()

/** What the encoder makes of three seconds. */
async function encode(): Promise<{ parts: Uint8Array<ArrayBuffer>[]; durationInMs: number }> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let untilInSamples = 0
  const encoder = await createLiveEncoder({
    init: (bytes) => parts.push(bytes),
    segment: ({ bytes, startInSamples, durationInSamples }) => {
      parts.push(bytes)
      untilInSamples = startInSamples + durationInSamples
    },
  })
  const block = sine({ frequency: 440, peakInDbfs: -6, durationInMs: 500 })
  for (let i = 0; i < 6; i++) await encoder.add({ left: block, right: block })
  await encoder.finish()
  return { parts, durationInMs: untilInSamples / 48 }
}

async function record(recordings: Recordings, id: string, name: string) {
  const sound = await encoded
  const writer = recordings.begin(id, name)
  for (const part of sound.parts) writer.add(part)
  writer.end()
  await settled()
  nowInMs += 1_000
  return sound
}

const names = (recordings: Recordings) => recordings.getSnapshot().recordings.map(({ file }) => file.name)

it('keeps every set, the newest first, until it is forgotten', async () => {
  const page = visit()
  const { parts, durationInMs } = await record(page, 'one', 'First.m4a')
  await record(page, 'two', 'Second.m4a')
  expect(names(page)).toEqual(['Second.m4a', 'First.m4a'])
  const [, first] = page.getSnapshot().recordings
  expect(first?.durationInMs).toBeCloseTo(durationInMs)
  expect(first?.file.type).toBe('audio/mp4')
  expect(new Uint8Array((await first?.file.arrayBuffer()) ?? [])).toEqual(joined(...parts))
  page.forget('one')
  await settled()
  expect(names(page)).toEqual(['Second.m4a'])
  expect([...files.keys()]).toEqual(['two/name', 'two/sound'])
})

it('finds what was recorded again after a reload', async () => {
  await record(visit(), 'one', 'First.m4a')
  const { durationInMs } = await record(visit(), 'two', 'Second.m4a')
  const page = visit()
  await settled()
  expect(names(page)).toEqual(['Second.m4a', 'First.m4a'])
  expect(page.getSnapshot().recordings[0]?.durationInMs).toBeCloseTo(durationInMs)
})

it('finds a set that was cut off, as far as whole segments of it were written', async () => {
  const { parts } = await encoded
  const writer = visit().begin('one', 'Cut off.m4a')
  for (const part of parts.slice(0, 3)) writer.add(part)
  writer.add(parts[3]?.subarray(0, 500) as Uint8Array<ArrayBuffer>)
  await settled()
  // The page crashed.
  locks.clear()
  const page = visit()
  await settled()
  expect(names(page)).toEqual(['Cut off.m4a'])
  const [found] = page.getSnapshot().recordings
  expect(Math.round((found?.durationInMs ?? 0) / 1_000)).toBe(2)
  expect(new Uint8Array((await found?.file.arrayBuffer()) ?? [])).toEqual(joined(...parts.slice(0, 3)))
})

it('leaves alone what cannot be read just now', async () => {
  await record(visit(), 'one', 'First.m4a')
  isReadable = false
  const page = visit()
  await settled()
  expect(names(page)).toEqual([])
  isReadable = true
  const next = visit()
  await settled()
  expect(names(next)).toEqual(['First.m4a'])
})

it('leaves alone what another window is recording, and forgets what has no sound', async () => {
  const { parts } = await encoded
  const writer = visit().begin('one', 'Still going.m4a')
  for (const part of parts) writer.add(part)
  files.set('two/name', new TextEncoder().encode('Nothing.m4a'))
  await settled()
  const page = visit()
  await settled()
  expect(names(page)).toEqual([])
  expect([...files.keys()]).toEqual(['one/name', 'one/sound'])
})

it('holds in memory what the browser has no room for, and says that a reload would lose it', async () => {
  const page = visit()
  const { parts } = await encoded
  const writer = page.begin('one', 'Long.m4a')
  for (const part of parts.slice(0, 2)) writer.add(part)
  await settled()
  expect(page.getSnapshot().isInMemory).toBe(false)
  hasRoom = false
  writer.add(parts[2] as Uint8Array<ArrayBuffer>)
  await settled()
  expect(page.getSnapshot().isInMemory).toBe(true)
  hasRoom = true
  for (const part of parts.slice(3)) writer.add(part)
  writer.end()
  await settled()
  const [long] = page.getSnapshot().recordings
  expect(new Uint8Array((await long?.file.arrayBuffer()) ?? [])).toEqual(joined(...parts))
  page.forget('one')
  expect(page.getSnapshot()).toEqual({ recordings: [], isInMemory: false })
})

it('works where a browser keeps no files at all', async () => {
  hasRoom = false
  const page = visit()
  await record(page, 'one', 'First.m4a')
  expect(names(page)).toEqual(['First.m4a'])
  expect(page.getSnapshot().isInMemory).toBe(true)
})
