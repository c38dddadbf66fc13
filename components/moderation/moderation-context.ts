'use client'
import { createContext, useContext } from 'react'
import type { CommandInput } from '#lib/client/session/commands.ts'
import type { RestrictedPeople } from '#lib/protocol/restricted-people.ts'
import type { Member } from '#lib/protocol/session-state.ts'

type Somebody = Pick<Member, 'userId' | 'name'>

/** What is decided over people in this room, and what can be. */
export type Moderation = RestrictedPeople & {
  /** Whether it could not be learned who is muted and banned. */
  hasFailed: boolean
  /** Decides something, and says `done` once it holds. */
  decide: (decision: CommandInput, done: string) => void
  /** Asks whether somebody is really to be banned. */
  askBan: (person: Somebody) => void
  /** Lifts a ban. */
  letIn: (person: Somebody) => void
}

export const ModerationContext = createContext<Moderation | null>(null)

/** The moderation around a list of people, or of what they wrote: see `WithModeration`. */
export function useModeration(): Moderation {
  const moderation = useContext(ModerationContext)
  if (!moderation) throw new Error('Nobody moderates here')
  return moderation
}
