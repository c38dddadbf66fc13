import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { wav } from '../../e2e/fixtures/wav.ts'
import { tidyUpWith } from '../tidy-up.ts'

const seconds = 240
const sampleRate = 48_000

/**
 * What the DJ's pretended microphone hears: noise without a period, in syllables, so that no moment is like another.
 * Answers the file that Chromium takes for it.
 */
export async function makeMicrophone(): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whatssound-microphone-'))
  const remove = tidyUpWith(() => rm(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'microphone.wav')
  const samples = noise(seconds * sampleRate)
  await writeFile(file, wav({ left: samples, right: samples }))
  return { path: file, remove }
}

/** Low-passed, because what is compared afterwards holds nothing above 1.5 kHz. */
function noise(length: number): Float32Array {
  let state = 0x9e3779b9
  let low = 0
  return Float32Array.from({ length }, (_, i) => {
    // xorshift32 (Marsaglia, 2003): the same noise in every run.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    low += 0.15 * (state / 2 ** 31 - low)
    const syllable = 0.6 + 0.4 * Math.sin((2 * Math.PI * i) / (0.37 * sampleRate))
    return 1.2 * low * syllable
  })
}
