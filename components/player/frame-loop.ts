type Painter = (nowInMs: number) => void

/**
 * How often a painter is called. What is `slow` moves a pixel in a tenth of a second: fifteen times a second looks the same
 * as sixty, and costs a phone that plays all evening a quarter as much. What is `lively` follows a voice or a hand.
 */
const paintsEveryInMs = { slow: 66, lively: 33 }

export type Pace = keyof typeof paintsEveryInMs

const painters = new Map<Painter, Pace>()
let paintedAtInMs = 0
let frame = 0

function paint(nowInMs: number): void {
  // By the clock and not each by its own last time, so that they share frames: each frame costs more than what is in it.
  const isDue = (pace: Pace) => {
    const everyInMs = paintsEveryInMs[pace]
    return Math.floor(nowInMs / everyInMs) !== Math.floor(paintedAtInMs / everyInMs)
  }
  for (const [painter, pace] of painters) if (isDue(pace)) painter(nowInMs)
  paintedAtInMs = nowInMs
  frame = painters.size > 0 ? requestAnimationFrame(paint) : 0
}

/** Calls `painter` before a frame, so often as its pace says, all that are due in one callback; returns the unsubscribe. */
export function onFrame(painter: Painter, pace: Pace = 'slow'): () => void {
  painters.set(painter, pace)
  if (frame === 0) frame = requestAnimationFrame(paint)
  return () => {
    painters.delete(painter)
  }
}
