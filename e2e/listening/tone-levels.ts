import type { Recording } from './offsets.ts'

const windowInMs = 100

/**
 * How loud a tone is in every tenth of a second, as its amplitude. A window of this length hears it although a deck that
 * is brought back in time bends it by one or two percent (it should be below 400 Hz), and although a busy machine loses parts of the recording: what
 * compares waves does not.
 */
export function toneLevels({ samples, sampleRate }: Recording, toneInHz: number): number[] {
  const length = (sampleRate * windowInMs) / 1_000
  const omega = (2 * Math.PI * toneInHz) / sampleRate
  return Array.from({ length: Math.floor(samples.length / length) }, (_, at) => {
    let [real, imaginary] = [0, 0]
    for (let index = 0; index < length; index++) {
      const weighted = (samples[at * length + index] ?? 0) * Math.sin((Math.PI * (index + 0.5)) / length) ** 2
      real += weighted * Math.cos(omega * index)
      imaginary += weighted * Math.sin(omega * index)
    }
    return (4 * Math.hypot(real, imaginary)) / length
  })
}
