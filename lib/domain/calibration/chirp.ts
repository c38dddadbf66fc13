/**
 * A sweep through frequencies: short to the ear, and found again in noise and echoes to a fraction of a millisecond,
 * because it resembles itself at one lag only.
 */
export type ChirpShape = {
  fromHz: number
  toHz: number
  durationInMs: number
  /** Both ends swell and fade so long, so that nothing clicks. */
  fadeInMs: number
}

/** What small speakers play, cheap microphones hear and Bluetooth's codecs leave alone; 16 kHz of telephony included. */
export const calibrationChirp: ChirpShape = { fromHz: 900, toHz: 6_500, durationInMs: 110, fadeInMs: 18 }

/**
 * Samples of an exponential sweep (A. Farina, AES 108, 2000) with raised-cosine ends, between -1 and 1.
 * `startsAtInMs` puts its beginning between two samples: what sounds earlier is silence.
 */
export function createChirp(shape: ChirpShape, sampleRate: number, startsAtInMs = 0): Float32Array {
  const length = Math.ceil(((startsAtInMs + shape.durationInMs) * sampleRate) / 1_000)
  return Float32Array.from({ length }, (_, index) =>
    chirpAt(shape, (index * 1_000) / sampleRate - startsAtInMs),
  )
}

function chirpAt({ fromHz, toHz, durationInMs, fadeInMs }: ChirpShape, atInMs: number): number {
  if (atInMs < 0 || atInMs > durationInMs) return 0
  const octaves = Math.log(toHz / fromHz)
  const turns = ((fromHz * durationInMs) / 1_000 / octaves) * Math.expm1((atInMs / durationInMs) * octaves)
  const fromEdgeInMs = Math.min(atInMs, durationInMs - atInMs)
  const swell = fromEdgeInMs < fadeInMs ? 0.5 - 0.5 * Math.cos((Math.PI * fromEdgeInMs) / fadeInMs) : 1
  return swell * Math.sin(2 * Math.PI * turns)
}
