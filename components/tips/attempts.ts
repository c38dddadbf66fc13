export type Attempts = {
  idFor: (content: unknown) => string
  settle: () => void
}

/**
 * Ids of what is asked for: the same for the same until it is settled, so that asking again after an answer that got lost
 * is a repeat and not a second one.
 *
 * @param content plain data, with its keys always in the same order
 */
export function createAttempts(newId: () => string): Attempts {
  let last: { content: string; id: string } | null = null
  return {
    idFor: (content) => {
      const text = JSON.stringify(content)
      if (last?.content !== text) last = { content: text, id: newId() }
      return last.id
    },
    settle: () => {
      last = null
    },
  }
}
