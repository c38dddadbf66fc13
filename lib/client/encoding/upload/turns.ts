export type Turns = <T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  /** What is urgent goes before what is not, whenever it came. */
  urgency?: 'now' | 'later',
) => Promise<T>

/** So many at a time, in the order of asking; who aborts while waiting leaves the line at once. */
export function createTurns(atOnceMax: number): Turns {
  type Waiting = { begin: () => void; isUrgent: boolean }
  const line: Waiting[] = []
  let running = 0

  const beginNext = () => {
    while (running < atOnceMax && line.length > 0) {
      const urgent = line.findIndex(({ isUrgent }) => isUrgent)
      const [next] = line.splice(Math.max(0, urgent), 1)
      running++
      next?.begin()
    }
  }
  const turn = (signal: AbortSignal, isUrgent: boolean) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const leave = () => {
        line.splice(line.indexOf(waiting), 1)
        reject(signal.reason)
      }
      const waiting: Waiting = {
        isUrgent,
        begin: () => {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      line.push(waiting)
      beginNext()
    })

  return async (signal, work, urgency = 'now') => {
    await turn(signal, urgency === 'now')
    try {
      signal.throwIfAborted()
      return await work()
    } finally {
      running--
      beginNext()
    }
  }
}
