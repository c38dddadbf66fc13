/**
 * A media element in simulated time, for tests: its clock drifts, its seeks take time and land inexactly, its position
 * is read with noise, and it may jump or stall. Chance comes in as a function.
 */
export type Device = {
  /** Parts per million by which the sound card is faster than the server's clock. */
  driftInPpm: number
  seekLatencyInMs: number
  /** A seek takes the latency give or take this much. */
  seekJitterInMs: number
  /** A reading is off by up to this much. */
  readNoiseInMs: number
}

export function createSimulatedElement(device: Device, random: () => number) {
  let positionInMs = 0
  let rate = 1
  let silentUntilInMs = 0
  let nowInMs = 0
  const around = (spreadInMs: number) => (random() * 2 - 1) * spreadInMs

  return {
    advance(byInMs: number): void {
      const playedInMs = Math.min(byInMs, Math.max(0, nowInMs + byInMs - silentUntilInMs))
      nowInMs += byInMs
      positionInMs += playedInMs * rate * (1 + device.driftInPpm / 1e6)
    },
    setRate(next: number): void {
      rate = next
    },
    seek(toInMs: number): void {
      positionInMs = toInMs
      silentUntilInMs = nowInMs + Math.max(0, device.seekLatencyInMs + around(device.seekJitterInMs))
    },
    /** The sound card's clock jumps, as a fresh one does. */
    jump(byInMs: number): void {
      positionInMs += byInMs
    },
    /** Nothing comes out for a while, as when the network stalls. */
    stall(forInMs: number): void {
      silentUntilInMs = nowInMs + forInMs
    },
    /** What a page can read: null while it is seeking or stalled. */
    readPositionInMs(): number | null {
      return nowInMs < silentUntilInMs ? null : positionInMs + around(device.readNoiseInMs)
    },
    /** What comes out of the loudspeaker. */
    get truePositionInMs(): number {
      return positionInMs
    },
  }
}
