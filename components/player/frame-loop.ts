const painters = new Set<(nowInMs: number) => void>()
let frame = 0

function paint(nowInMs: number): void {
  for (const painter of painters) painter(nowInMs)
  frame = painters.size > 0 ? requestAnimationFrame(paint) : 0
}

/** Calls `painter` before every frame, all of them in one callback; returns the unsubscribe. */
export function onEveryFrame(painter: (nowInMs: number) => void): () => void {
  painters.add(painter)
  if (frame === 0) frame = requestAnimationFrame(paint)
  return () => {
    painters.delete(painter)
  }
}
