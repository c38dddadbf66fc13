/**
 * Live sound is captured by one browser, encoded in segments of about a second, and played by everybody at one fixed
 * distance from the instant of its capture. Instants are server time in epoch milliseconds.
 */
export const liveFormat = {
  codec: 'mp4a.40.2',
  bitrate: 128_000,
  sampleRate: 48_000,
  channels: 2,
  segmentDurationInMs: 1_000,
  /** Every AAC encoder puts so much in front of the sound: what is captured lies so much later in the media. */
  primingInSamples: 1_024,
  /** Silence sent in front, so that everybody has found the rhythm when the first word comes. */
  preRollInMs: 2_000,
} as const

/** How long after its capture a sound is heard: time to encode, to travel, and to be fetched. */
export const liveDistanceInMs = 3_500

/** A segment that would arrive with less than this left before it is heard comes too late for everybody. */
const deliveryInMs = 300

/** Talking over music turns it down to this (-14 dB); a live set silences it. */
export const duckGains = { talk: 0.2, set: 0 } as const

export type LiveMode = keyof typeof duckGains

/** A stream as the room knows it: from when to when something was captured. */
export type LiveStream = {
  streamId: string
  mode: LiveMode
  startsAtInMs: number
  endsAtInMs: number | null
  duckGain: number
}

/** When its sound is heard, in server time; `untilInMs` is infinite while it goes on. */
export function audibleSpan(stream: Pick<LiveStream, 'startsAtInMs' | 'endsAtInMs'>): {
  fromInMs: number
  untilInMs: number
} {
  return {
    fromInMs: stream.startsAtInMs + liveDistanceInMs,
    untilInMs: (stream.endsAtInMs ?? Number.POSITIVE_INFINITY) + liveDistanceInMs,
  }
}

/** Whether a stream still matters to a listener at an instant: it is on air, or its end has not been heard yet. */
export function isToBeHeard(
  stream: Pick<LiveStream, 'startsAtInMs' | 'endsAtInMs'>,
  serverNowInMs: number,
): boolean {
  return serverNowInMs < audibleSpan(stream).untilInMs
}

/** Whether a segment that was captured until `capturedUntilInMs` can still reach listeners in time. */
export function isWorthSending(capturedUntilInMs: number, serverNowInMs: number): boolean {
  return serverNowInMs < capturedUntilInMs + liveDistanceInMs - deliveryInMs
}
