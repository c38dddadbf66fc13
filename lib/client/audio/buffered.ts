/** How much media time lies ready without a gap from `positionInMs` on; 0 when that position is not loaded. */
export function bufferedAheadInMs(element: HTMLMediaElement, positionInMs: number): number {
  // Neighbouring fragments may leave a hair of a gap, and the first may begin a little after 0.
  const toleranceInMs = 100
  const { buffered } = element
  let endInMs = positionInMs
  for (let index = 0; index < buffered.length; index++) {
    const startsInMs = buffered.start(index) * 1_000
    if (startsInMs <= endInMs + toleranceInMs) endInMs = Math.max(endInMs, buffered.end(index) * 1_000)
  }
  return endInMs - positionInMs
}
