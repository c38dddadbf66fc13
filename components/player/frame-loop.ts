const painters = new Set<(nowInMs: number) => void>()
let frame = 0
let paintedAtInMs = Number.NEGATIVE_INFINITY

/**
 * What is painted here moves a pixel in a tenth of a second. Thirty times a second looks the same as sixty or a hundred and
 * twenty, and costs a phone that plays all evening half as much.
 */
const paintsEveryInMs = 30

function paint(nowInMs: number): void {
  if (nowInMs - paintedAtInMs >= paintsEveryInMs) {
    paintedAtInMs = nowInMs
    for (const painter of painters) painter(nowInMs)
  }
  frame = painters.size > 0 ? requestAnimationFrame(paint) : 0
}

/** Calls `painter` before a frame, about thirty times a second, all of them in one callback; returns the unsubscribe. */
export function onFrame(painter: (nowInMs: number) => void): () => void {
  painters.add(painter)
  if (frame === 0) frame = requestAnimationFrame(paint)
  return () => {
    painters.delete(painter)
  }
}
