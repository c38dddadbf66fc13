import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { findOrInstallFfmpeg } from '#lib/testing/system-program.ts'
import { goodFile, goodFiles } from '../../fixtures/hostile-audio.ts'
import { addFiles, chosen, refusalText, tracks, uploads } from '../../fixtures/library.ts'
import { expect, test } from '../../fixtures/people.ts'
import { addToQueue, compareSound, expectMusic, hear, join, startSession } from '../../fixtures/session.ts'

test('a DJ drops five files in five formats, and the room hears them', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const address = await startSession(dj, 'My own music')
  await dj.page.goto('/studio')
  await addFiles(
    dj,
    goodFiles.map((name) => chosen(name, goodFile(name))),
  )
  // It goes on while the DJ looks at something else.
  await dj.page.getByRole('link', { name: 'WhatsSound, home' }).click()
  await expect(dj.page.getByText('Hello, Marta')).toBeVisible()
  await dj.page.getByRole('link', { name: 'Studio', exact: true }).click()
  await expect(tracks(dj)).toHaveCount(goodFiles.length, { timeout: 100_000 })
  await expect(uploads(dj)).toHaveText([])
  // Each can be played by its first rendition; then the others are there too.
  await expect(tracks(dj).filter({ hasText: 'Playable' })).toHaveCount(0, { timeout: 100_000 })

  await dj.page.goto(address)
  await addToQueue(dj, ['Cinta', 'Cristal', 'Disco', 'Onda'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await join(ana, address)
  for (const somebody of [dj, ana]) await hear(somebody)
  await expectMusic([dj, ana])
  expect((await compareSound([dj, ana], 5)).p95InMs).toBeLessThan(100)
  for (const { name, complaints } of [dj, ana]) expect(complaints, name).toEqual([])
})

test('an upload is cancelled, and another one goes on after a reload', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  await startSession(dj, 'Interrupted')
  await dj.page.goto('/studio')
  // Storage is held back, so that the reload comes in the middle of the upload.
  const letThrough: string[] = []
  let isHeldBack = false
  let isOver = false
  await dj.page.route('**/storage/v1/object/upload/sign/**', async (route) => {
    if (route.request().method() === 'PUT' && !isOver) {
      if (letThrough.length === 3) {
        isHeldBack = true
        return
      }
      letThrough.push(new URL(route.request().url()).pathname)
    }
    await route.continue()
  })
  await addFiles(dj, [
    chosen('flac.flac', goodFile('flac.flac')),
    chosen('unwanted.wav', goodFile('wav.wav')),
  ])
  await dj.page.getByRole('button', { name: 'Cancel unwanted.wav' }).click()
  await expect(uploads(dj)).toHaveCount(1)
  await expect(uploads(dj)).toContainText('Uploading', { timeout: 60_000 })
  await expect.poll(() => isHeldBack).toBe(true)

  // No `unroute`: it would let go what is held back, and whatever of the new page is under way just then might be lost with it.
  isOver = true
  await dj.page.reload()
  const sent: string[] = []
  dj.page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(new URL(request.url()).pathname)
  })
  await expect(tracks(dj)).toHaveCount(1, { timeout: 60_000 })
  // It can be played by its first rendition; the others follow.
  await expect.poll(() => sent.length).toBeGreaterThan(0)
  await expect(uploads(dj)).toHaveText([], { timeout: 60_000 })
  // What was stored before the reload is not sent again.
  expect(new Set(sent).size).toBe(sent.length)
  expect(sent.filter((path) => letThrough.includes(path))).toEqual([])
  expect(dj.complaints).toEqual([])
})

test('a file that no browser decodes is encoded by the server, and the room hears it', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const address = await startSession(dj, 'Lossless')
  await dj.page.goto('/studio')
  await addFiles(dj, [chosen('Lossless Band - Apple Tree.m4a', appleLossless())])
  await expect(uploads(dj)).toContainText(refusalText('unsupported_codec'))
  await dj.page.getByRole('button', { name: /let the server encode it/ }).click()
  await expect(tracks(dj)).toHaveCount(1, { timeout: 100_000 })
  await expect(tracks(dj)).toContainText('Apple Tree')
  await expect(uploads(dj)).toHaveText([])

  await dj.page.goto(address)
  await addToQueue(dj, ['Apple Tree'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(dj)
  await expectMusic([dj])

  await test.step('it is among all that the DJ can take along, as one file that plays', async () => {
    const zip = unzipSync(await (await dj.page.request.get('/api/me/export')).body())
    const [[name, music] = []] = Object.entries(zip).filter(([entry]) => /^music\/.*\.m4a$/.test(entry))
    expect(name).toContain('Apple Tree')
    const seconds = secondsOf(Buffer.from(music ?? []))
    console.log(`${name}: ${seconds} s`)
    expect(seconds).toBeGreaterThan(secondsOf(goodFile('flac.flac')))
  })
  expect(dj.complaints).toEqual([])
})

/** How much sound ffmpeg makes of a file, to its very end; throws where it finds a fault in it. */
function secondsOf(file: Buffer): number {
  const raw = ['-f', 'f32le', '-ac', '1', '-ar', '48000', 'pipe:1']
  const samples = execFileSync(findOrInstallFfmpeg(), ['-v', 'error', '-xerror', '-i', 'pipe:0', ...raw], {
    input: file,
    maxBuffer: 2 ** 30,
  })
  return samples.length / 4 / 48_000
}

/** Made where the tests run: it is larger than all other files together. */
function appleLossless(): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'apple-lossless-'))
  const file = path.join(folder, 'alac.m4a')
  const source = ['-f', 'flac', '-i', 'pipe:0', '-map_metadata', '-1', '-vn']
  execFileSync(findOrInstallFfmpeg(), ['-v', 'error', ...source, '-c:a', 'alac', file], {
    input: goodFile('flac.flac'),
  })
  const content = readFileSync(file)
  rmSync(folder, { recursive: true })
  return content
}
