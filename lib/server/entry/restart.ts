/** A crash this long ago says nothing about the present. */
const memoryInMs = 60_000
const mostCrashes = 5

/**
 * How long to wait before a crashed part is started again: 0.5 s, then twice as long each time. Null when it
 * crashed too often within a minute.
 *
 * @param crashes times of all crashes so far, the newest last, in ms
 */
export function nextRestartDelayInMs(crashes: readonly number[], now: number): number | null {
  const recent = crashes.filter((at) => now - at < memoryInMs).length
  return recent >= mostCrashes ? null : 500 * 2 ** (recent - 1)
}
