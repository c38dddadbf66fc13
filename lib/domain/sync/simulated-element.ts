/**
 * A media element in simulated time, for tests: its clock drifts, its seeks take time and land inexactly, sometimes very
 * late, a new rate is heard after a while, its position is read with noise, and it may jump or stall. Chance comes in as
 * a function.
 */
export type Device = {
  /** Parts per million by which the sound card is faster than the server's clock. */
  driftInPpm: number
  seekLatencyInMs: number
  /** A seek takes the latency give or take this much. */
  seekJitterInMs: number
  /** One seek of so many takes `lateSeekInMs` longer; 0: none. */
  lateSeekEvery: number
  lateSeekInMs: number
  /** How long a new rate takes until it is heard. */
  rateLatencyInMs: number
  /** A reading is off by up to this much. */
  readNoiseInMs: number
}

export type SimulatedElement = ReturnType<typeof createSimulatedElement>

export function createSimulatedElement(device: Device, random: () => number) {
  let positionInMs = 0
  let rate = 1
  let comingRates: { atInMs: number; rate: number }[] = []
  let silentUntilInMs = 0
  let nowInMs = 0
  let seeks = Math.floor(random() * device.lateSeekEvery)
  const around = (spreadInMs: number) => (random() * 2 - 1) * spreadInMs

  function playUntil(untilInMs: number): void {
    const playedInMs = Math.max(0, untilInMs - Math.max(nowInMs, silentUntilInMs))
    positionInMs += playedInMs * rate * (1 + device.driftInPpm / 1e6)
    nowInMs = untilInMs
  }

  return {
    advance(byInMs: number): void {
      const untilInMs = nowInMs + byInMs
      for (const coming of comingRates.filter(({ atInMs }) => atInMs <= untilInMs)) {
        playUntil(Math.max(nowInMs, coming.atInMs))
        rate = coming.rate
      }
      comingRates = comingRates.filter(({ atInMs }) => atInMs > untilInMs)
      playUntil(untilInMs)
    },
    setRate(next: number): void {
      comingRates.push({ atInMs: nowInMs + device.rateLatencyInMs, rate: next })
    },
    seek(toInMs: number): void {
      positionInMs = toInMs
      const isLate = device.lateSeekEvery > 0 && seeks++ % device.lateSeekEvery === 0
      const latencyInMs = device.seekLatencyInMs + around(device.seekJitterInMs)
      silentUntilInMs = nowInMs + Math.max(0, latencyInMs) + (isLate ? device.lateSeekInMs : 0)
    },
    /** The sound card's clock jumps, as a fresh one does, or as one whose output latency changes. */
    jump(byInMs: number): void {
      positionInMs += byInMs
    },
    /** Nothing comes out for a while, as when the network stalls. */
    stall(forInMs: number): void {
      silentUntilInMs = Math.max(silentUntilInMs, nowInMs + forInMs)
    },
    /** What a page can read: null while it is seeking or stalled. */
    readPositionInMs(): number | null {
      return nowInMs < silentUntilInMs ? null : positionInMs + around(device.readNoiseInMs)
    },
    /** The rate at which it is heard; a new one takes a while. */
    get rate(): number {
      return rate
    },
    /** What comes out of the loudspeaker. */
    get truePositionInMs(): number {
      return positionInMs
    },
  }
}
