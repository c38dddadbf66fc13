import { execFileSync } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { isWhole, type Manifest, renditionNames } from '#lib/protocol/tracks.ts'
import { findOrInstallFfmpeg } from '#lib/testing/system-program.ts'
import { createInspector } from '../verify/inspector.ts'
import { verifyTrack } from '../verify/verify-track.ts'
import { encodeOriginal, type WaitingOriginal } from './encode-original.ts'

/** Encoding takes some seconds, on a busy machine many; installing ffmpeg some more. */
const patienceInMs = 180_000
vi.setConfig({ testTimeout: patienceInMs })

const sounds = path.join(import.meta.dirname, '../../../../e2e/fixtures/audio')
const folder = 'tracks/ana/song'
const inspector = createInspector()
let place: string
/** Where encoding makes its folders: of this test alone, so that what is left there was left by it. */
let workplace: string
let ffmpeg: string

beforeAll(async () => {
  ffmpeg = findOrInstallFfmpeg()
  place = await mkdtemp(path.join(tmpdir(), 'encode-original-'))
  workplace = path.join(place, 'work')
  await mkdir(workplace)
  vi.stubEnv('TMPDIR', workplace)
}, patienceInMs)
afterAll(async () => {
  vi.unstubAllEnvs()
  inspector.destroy()
  await rm(place, { recursive: true })
})

/** A file that ffmpeg makes of good sound. */
function make(name: string, ...options: string[]): string {
  const file = path.join(place, name)
  execFileSync(ffmpeg, ['-v', 'error', '-y', '-i', path.join(sounds, 'flac.flac'), ...options, file])
  return file
}

async function write(name: string, content: string): Promise<string> {
  const file = path.join(place, name)
  await writeFile(file, content)
  return file
}

const waiting: WaitingOriginal = {
  folder,
  bucket: 'originals',
  trimsSilence: false,
  maxDurationInMs: 60_000,
  maxBytes: 1_000_000,
  renditions: [...renditionNames],
}

/** Storage and database as far as encoding sees them. */
function createWorld(original: string | null) {
  const files = new Map<string, Uint8Array>()
  const handedOver: Manifest[] = []
  const refused: string[] = []
  const removed: string[] = []
  const ending = new AbortController()
  const deps = {
    ffmpeg,
    signal: ending.signal,
    originals: {
      copyTo: async (_: unknown, file: string) => {
        if (original) await copyFile(original, file)
        return original !== null
      },
      remove: async (name: string) => void removed.push(name),
    },
    storage: {
      write: async (name: string, content: Uint8Array | string) =>
        void files.set(name, content as Uint8Array),
    },
    findOriginal: async (): Promise<WaitingOriginal | null> => waiting,
    handOver: async (_: string, manifest: Manifest) => void handedOver.push(manifest),
    refuse: async (_: string, code: string, detail: string) => void refused.push(`${code}: ${detail}`),
  }
  return { deps, files, handedOver, refused, removed, ending }
}

it.each([
  ['MP3', () => path.join(sounds, 'mp3.mp3')],
  ['WAV', () => path.join(sounds, 'wav.wav')],
  ['FLAC', () => path.join(sounds, 'flac.flac')],
  ['M4A', () => path.join(sounds, 'm4a.m4a')],
  ['Ogg', () => path.join(sounds, 'ogg.ogg')],
  ['Apple Lossless, which Chromium cannot decode', () => make('alac.m4a', '-c:a', 'alac')],
  ['WMA, in mono and 22 kHz', () => make('wma.wma', '-ac', '1', '-ar', '22050')],
])('makes of %s what verification finds in order', async (_name, file) => {
  const { deps, files, handedOver, removed } = createWorld(file())
  expect(await encodeOriginal(deps, 'song')).toBe('encoded')
  const manifest = handedOver[0] as Manifest
  expect(isWhole(manifest)).toBe(true)
  const verdict = await verifyTrack(
    { inspector, download: async (name) => files.get(`${folder}/${name}`) ?? null },
    { manifest, maxDurationInMs: 60_000 },
  )
  expect(verdict).toMatchObject({ ok: true })
  expect(Math.abs(manifest.durationInMs - 10_000)).toBeLessThan(200)
  expect(removed).toEqual([folder])
  expect(await readdir(workplace)).toEqual([])
})

it.each([
  ['what is no sound', 'not_audio', () => write('text.mp3', 'just words '.repeat(1_000))],
  [
    'a playlist, which names other files',
    'not_audio',
    () => write('list.m3u8', `#EXTM3U\n#EXTINF:4,\n${sounds}/mp3.mp3\n#EXT-X-ENDLIST\n`),
  ],
  [
    'a list of files to put together',
    'not_audio',
    () => write('list.txt', `ffconcat version 1.0\nfile ${sounds}/mp3.mp3\n`),
  ],
  [
    'an address',
    'not_audio',
    () => write('a.sdp', 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=audio 9 RTP/AVP 0\n'),
  ],
  [
    'a picture',
    'not_audio',
    () => Promise.resolve(make('p.mp4', '-f', 'lavfi', '-i', 'color', '-map', '1:v', '-t', '1')),
  ],
  ['an empty file', 'not_audio', () => write('empty.mp3', '')],
])('refuses %s', async (_name, code, file) => {
  const { deps, handedOver, refused, removed } = createWorld(await file())
  expect(await encodeOriginal(deps, 'song')).toBe(code)
  expect(refused).toHaveLength(1)
  expect([handedOver, removed]).toEqual([[], [folder]])
})

it('refuses what is too long, however long it says that it is', async () => {
  const { deps, refused } = createWorld(path.join(sounds, 'mp3.mp3'))
  const findOriginal = async () => ({ ...waiting, maxDurationInMs: 4_000 })
  expect(await encodeOriginal({ ...deps, findOriginal }, 'song')).toBe('too_long')
  // Not more of it was decoded than it takes to know.
  expect(refused).toEqual(['too_long: 5000 ms or more'])
})

it('makes what the plan of its owner allows', async () => {
  const { deps, handedOver } = createWorld(path.join(sounds, 'mp3.mp3'))
  const findOriginal = async (): Promise<WaitingOriginal> => ({ ...waiting, renditions: ['64k', '128k'] })
  expect(await encodeOriginal({ ...deps, findOriginal }, 'song')).toBe('encoded')
  expect(handedOver[0]?.renditions.map(({ name }) => name)).toEqual(['64k', '128k'])
})

it('leaves alone what is gone, and refuses what never arrived', async () => {
  const { deps } = createWorld(null)
  expect(await encodeOriginal({ ...deps, findOriginal: async () => null }, 'song')).toBe('gone')
  expect(await encodeOriginal(deps, 'song')).toBe('segment_missing')
})

/** A program in ffmpeg's place that never says anything, known by how long it would sleep. */
async function hangingFfmpeg(seconds: string): Promise<{ program: string; isRunning: () => boolean }> {
  const program = await write(`hangs-${seconds}`, `#!/bin/sh\nexec sleep ${seconds}\n`)
  await chmod(program, 0o755)
  const isRunning = () =>
    execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).includes(`sleep ${seconds}`)
  return { program, isRunning }
}

it('ends ffmpeg with the worker, and the attempt may be made again', async () => {
  const { program, isRunning } = await hangingFfmpeg('86399.125')
  const { deps, refused, removed, ending } = createWorld(path.join(sounds, 'mp3.mp3'))
  const encoding = encodeOriginal({ ...deps, ffmpeg: program }, 'song')
  await vi.waitUntil(isRunning, { timeout: 30_000 })
  ending.abort()
  await expect(encoding).rejects.toMatchObject({ name: 'AbortError' })
  await vi.waitUntil(() => !isRunning(), { timeout: 30_000 })
  expect([refused, removed]).toEqual([[], []])
})

it('refuses what takes too long, and ends it', async () => {
  const { program, isRunning } = await hangingFfmpeg('86399.25')
  const { deps, refused } = createWorld(path.join(sounds, 'mp3.mp3'))
  expect(await encodeOriginal({ ...deps, ffmpeg: program, timeLimitInMs: 3_000 }, 'song')).toBe('internal')
  expect(refused).toEqual(['internal: it took too long'])
  await vi.waitUntil(() => !isRunning(), { timeout: 30_000 })
})

it('lets ffmpeg write no file and reach no network', async () => {
  const probe = path.join(place, 'written')
  const program = await write(
    'tries',
    `#!/bin/sh\n(echo x > ${probe}) 2>/dev/null\necho "$@" >&2\necho "$SUPABASE_SECRET_KEY" >&2\nexit 1\n`,
  )
  await chmod(program, 0o755)
  const { deps, refused } = createWorld(path.join(sounds, 'mp3.mp3'))
  vi.stubEnv('SUPABASE_SECRET_KEY', 'sb_secret_x')
  await encodeOriginal({ ...deps, ffmpeg: program }, 'song')
  expect(refused[0]).toContain('-protocol_whitelist file -format_whitelist')
  expect(refused[0]).not.toContain('sb_secret_x')
  expect(await readFile(probe, 'utf8').catch(() => '')).toBe('')
})
