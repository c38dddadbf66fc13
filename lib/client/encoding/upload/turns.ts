/** One after the other, in the order of asking; who aborts while waiting leaves the line. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => {
      signal.throwIfAborted()
      return work()
    })
    last = turn.catch(() => undefined)
    return turn
  }
}
