import type { Frame } from './frame.ts'
import type { Seat } from './seat.ts'

/** So many readers at a time; in between the process answers others. About 5 ms with bare sockets. */
const sliceSize = 500

export type FanOutResult = { deliveries: number; skipped: number; durationInMs: number }

/**
 * Sends one frame to all who were there before it. Who comes meanwhile has it already (`frameNumber`), who is full is
 * passed over. Small rooms are told before this returns.
 */
export function fanOut(
  seats: ReadonlySet<Seat>,
  frame: Frame,
  frameNumber: number,
  now: () => number,
  onEnd: (result: FanOutResult) => void,
): void {
  const startedAtInMs = now()
  const { to } = frame.envelope
  const rest = seats.values()
  let deliveries = 0
  let skipped = 0

  const tellSlice = (): void => {
    for (let inSlice = 0; inSlice < sliceSize; inSlice++) {
      const { value: seat, done } = rest.next()
      if (done) {
        onEnd({ deliveries, skipped, durationInMs: now() - startedAtInMs })
        return
      }
      if (seat.frameNumber >= frameNumber) continue
      if (seat.fullSinceInMs > 0) {
        skipped += 1
        continue
      }
      seat.frameNumber = frameNumber
      seat.cursor = to
      deliveries += 1
      if (!seat.reader.send(frame)) seat.fullSinceInMs = now()
    }
    setImmediate(tellSlice)
  }
  tellSlice()
}
