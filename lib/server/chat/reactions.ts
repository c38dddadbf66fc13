import { CodedError, type Refusal } from '#lib/protocol/errors.ts'

/** One person's reaction; `userId` is verified. */
export type Reaction = { userId: string; commandId: string; emoji: string }

export type ReactionsDeps = {
  /** Answers for each reaction, in order; one without a `code` was carried out. */
  carryOut: (sessionId: string, reactions: Reaction[]) => Promise<Partial<Refusal>[]>
}

export type Reactions = {
  /** Resolves when the reaction is carried out. @throws CodedError */
  add: (sessionId: string, reaction: Reaction) => Promise<void>
}

type Waiting = Reaction & PromiseWithResolvers<void>

/** Faster than anybody sees single ones in a crowd's. */
const gapInMs = 250
const batchMax = 500

/**
 * Collects the reactions of each session: the first leaves at once, those of the next quarter of a second leave together.
 * What a room pays for its reactions is then four calls and four messages a second, however many they are.
 */
export function createReactions({ carryOut }: ReactionsDeps): Reactions {
  /** Sessions whose last reactions left less than `gapInMs` ago, and what has come in since. */
  const waitingBySession = new Map<string, Waiting[]>()

  const leave = async (sessionId: string): Promise<void> => {
    const leaving = waitingBySession.get(sessionId)?.splice(0, batchMax) ?? []
    if (leaving.length === 0) {
      waitingBySession.delete(sessionId)
      return
    }
    setTimeout(leave, gapInMs, sessionId)
    try {
      const reactions = leaving.map(({ userId, commandId, emoji }) => ({ userId, commandId, emoji }))
      settle(leaving, await carryOut(sessionId, reactions))
    } catch (error) {
      for (const { reject } of leaving) reject(error)
    }
  }

  return {
    add: (sessionId, { userId, commandId, emoji }) => {
      const reaction = { userId, commandId, emoji, ...Promise.withResolvers<void>() }
      const waiting = waitingBySession.get(sessionId)
      if (waiting) {
        waiting.push(reaction)
      } else {
        waitingBySession.set(sessionId, [reaction])
        void leave(sessionId)
      }
      return reaction.promise
    },
  }
}

function settle(reactions: Waiting[], answers: Partial<Refusal>[]): void {
  reactions.forEach(({ resolve, reject }, i) => {
    const { code, field, retryAfterInMs } = answers[i] ?? { code: 'internal' as const }
    if (code) reject(new CodedError(code, { field, retryAfterInMs }))
    else resolve()
  })
}
