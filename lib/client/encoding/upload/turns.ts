/** One after the other, in the order of asking; who aborts while waiting leaves the line at once. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => {
      signal.throwIfAborted()
      return work()
    })
    last = turn.catch(() => undefined)
    const left = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    return Promise.race([turn, left])
  }
}
