import { describe, expect, it } from 'vitest'
import {
  goodFile,
  goodFiles,
  hostileTags,
  hugeArtwork,
  misnamedFile,
  refusedFiles,
} from '../../../e2e/fixtures/hostile-audio.ts'
import { probe } from './probe.ts'

const maxDurationInMs = 90 * 60_000

async function probed(name: string, content: Buffer) {
  const file = new Blob([new Uint8Array(content)])
  return probe({ file, name, maxDurationInMs })
}

describe('good files', () => {
  it.each(goodFiles)('%s', async (name) => {
    const { result } = await probed(name, goodFile(name))
    expect(result).toMatchObject({ ok: true, artist: 'Fixture Ensemble' })
    if (result.ok) expect(Math.abs(result.durationInMs - 10_000)).toBeLessThan(60)
  })

  it('with its picture', async () => {
    const { picture } = await probed('mp3.mp3', goodFile('mp3.mp3'))
    expect(picture?.mimeType).toBe('image/png')
  })
})

describe('files that are refused', () => {
  it.each(refusedFiles.map(({ code, make }) => ({ code, ...make() })))(
    '$name: $code',
    async ({ code, name, content }) => {
      expect((await probed(name, content)).result).toEqual({ ok: false, code })
    },
  )

  it('anything longer than the setting allows', async () => {
    const file = new Blob([new Uint8Array(goodFile('ogg.ogg'))])
    const { result } = await probe({ file, name: 'ogg.ogg', maxDurationInMs: 9_000 })
    expect(result).toEqual({ ok: false, code: 'too_long' })
  })

  it.each(goodFiles)('%s cut at any place, or not noticed to be whole', async (name) => {
    const whole = goodFile(name)
    for (const share of [0.001, 0.02, 0.3, 0.9]) {
      const { result } = await probed(name, whole.subarray(0, Math.floor(whole.length * share)))
      expect(result.ok).toBe(false)
    }
  })
})

describe('files that only look strange', () => {
  it('takes a WAV that calls itself MP3', async () => {
    const { name, content } = misnamedFile()
    expect((await probed(name, content)).result).toMatchObject({ ok: true, title: 'Cable' })
  })

  it('keeps markup in tags as text and removes what reorders it', async () => {
    const { name, content } = hostileTags()
    expect((await probed(name, content)).result).toMatchObject({
      ok: true,
      title: '<img src=x onerror=alert(1)>gnp.',
      artist: '<script>alert(2)</script>',
    })
  })

  it('takes a track whose cover is too large to be drawn', async () => {
    const { name, content } = hugeArtwork()
    expect((await probed(name, content)).result).toMatchObject({ ok: true, title: 'Huge cover' })
  })
})
