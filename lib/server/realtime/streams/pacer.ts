const sliceSize = 100

/**
 * Does things at most so often a second: whatever becomes ready is done together after a moment, and then not before
 * what was done has had its time. Long lists are done in slices, so that other work gets in between.
 */
export function createPacer<T>(
  act: (item: T) => void,
  { perSecond, settleInMs = 5 }: { perSecond: number; settleInMs?: number },
): { add: (item: T) => void; remove: (item: T) => void } {
  const ready = new Set<T>()
  let isScheduled = false
  let nextAtInMs = 0

  const schedule = (delayInMs: number): void => {
    isScheduled = true
    setTimeout(() => {
      const items = [...ready]
      ready.clear()
      isScheduled = false
      nextAtInMs = performance.now() + (items.length / perSecond) * 1000
      actInSlices(items)
    }, delayInMs)
  }

  const actInSlices = (items: readonly T[]): void => {
    for (const item of items.slice(0, sliceSize)) act(item)
    if (items.length > sliceSize) setImmediate(() => actInSlices(items.slice(sliceSize)))
  }

  return {
    add: (item) => {
      ready.add(item)
      if (!isScheduled) schedule(Math.max(settleInMs, nextAtInMs - performance.now()))
    },
    remove: (item) => {
      ready.delete(item)
    },
  }
}
