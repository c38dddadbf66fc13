type Known<T> = { atInMs: number; answer: Promise<T> }

/**
 * Asks once for all who want to know the same thing within a moment: ten thousand of them cost a few questions a second.
 * An answer may be as old as `freshForInMs`, counted from the question.
 */
export function createAskTogether<T>(
  ask: (id: string) => Promise<T>,
  freshForInMs: number,
  now: () => number = () => performance.now(),
): (id: string) => Promise<T> {
  const knownById = new Map<string, Known<T>>()

  return (id) => {
    const nowInMs = now()
    for (const [knownId, { atInMs }] of knownById) {
      if (nowInMs - atInMs >= freshForInMs) knownById.delete(knownId)
    }
    const known = knownById.get(id)
    if (known) return known.answer
    const answer = ask(id)
    knownById.set(id, { atInMs: nowInMs, answer })
    return answer
  }
}
