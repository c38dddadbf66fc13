import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodeTestTrack, type TrackInHand } from './encoded-track.ts'
import { createInspector, type InspectorOptions } from './inspector.ts'

let folder: string
let track: TrackInHand
/** Encoding takes a second, on a busy machine many. */
const patienceInMs = 60_000
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspector-'))
  track = await encodeTestTrack(1_000)
}, patienceInMs)
afterAll(() => rm(folder, { recursive: true }))

async function withInspector<T>(
  options: InspectorOptions,
  use: (inspector: ReturnType<typeof createInspector>) => Promise<T>,
) {
  const inspector = createInspector(options)
  try {
    return await use(inspector)
  } finally {
    inspector.destroy()
  }
}
const bytesOf = (path: string) => track.files.get(path) ?? new Uint8Array()

it('knows an initialisation segment and a segment of its own making', async () => {
  await withInspector({}, async ({ inspectInit, inspectSegment }) => {
    expect(await inspectInit(bytesOf('128k/init.mp4'))).toEqual({
      codec: 'mp4a.40.2',
      sampleRate: 48_000,
      channels: 2,
      timeResolution: 48_000,
      configuration: '119056e500',
    })
    const facts = await inspectSegment(bytesOf('128k/init.mp4'), bytesOf('128k/00001.m4s'))
    expect(facts).toMatchObject({ startInSamples: 0, durationInSamples: 188 * 1_024 })
  })
})

it('has no facts about garbage: noise, cut files, flipped bits, swapped parts', async () => {
  const init = bytesOf('64k/init.mp4')
  const segment = bytesOf('64k/00001.m4s')
  await withInspector({}, async ({ inspectInit, inspectSegment }) => {
    for (let length = 0; length < 4_000; length += 397) {
      expect(await inspectInit(randomBytes(length))).toBeNull()
      expect(await inspectSegment(init, randomBytes(length))).toBeNull()
      expect(await inspectSegment(randomBytes(length), segment)).toBeNull()
    }
    for (let at = 1; at < segment.length; at += 1_501) {
      expect(await inspectSegment(init, segment.subarray(0, at))).toBeNull()
    }
    expect(await inspectSegment(segment, init)).toBeNull()
    // After all that it still knows a good one.
    expect(await inspectSegment(init, segment)).not.toBeNull()
  })
})

it.each([
  ['hangs', 'process.on("message", () => { for (;;); })'],
  ['dies', 'process.on("message", () => process.exit(3))'],
  [
    'eats all memory',
    'process.on("message", () => { const eaten = []; for (;;) eaten.push(new Array(1e5).fill({})) })',
  ],
])(
  'survives a parser that %s, and asks a new one next time',
  async (_, source) => {
    const script = join(folder, `${_.replaceAll(' ', '-')}.mjs`)
    await writeFile(script, source)
    await withInspector({ script, timeLimitInMs: 1_000, memoryLimitInMb: 32 }, async ({ inspectInit }) => {
      expect(await inspectInit(new Uint8Array(8))).toBeNull()
      expect(await inspectInit(new Uint8Array(8))).toBeNull()
    })
  },
  20_000,
)
