import type { Snapshot } from '#lib/protocol/session-state.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import type { ClientHistory, GivenCommand, Revs } from '../history/history.ts'
import type { Deed } from '../plan/plan-deeds.ts'

/** How a client is set to listen: one way for good, or the best that it finds. */
export const listenings = ['websocket', 'sse', 'long_poll', 'chosen'] as const
export type Listening = (typeof listenings)[number]

/** The two addresses that a network knows: lines to the app and to Supabase. */
export type Lines = { appUrl: string; supabaseUrl: string }

export type Party = {
  sessionId: string
  publishableKey: string
  trackIds: readonly string[]
  networks: readonly Lines[]
  /** The first one is the DJ. */
  members: readonly { person: SeededPerson; network: number; listening: Listening }[]
}

/** What the server has once everything was said and done. */
export type Goal = {
  snapshot: Snapshot
  revs: Revs
  /** Who votes for what. */
  votes: readonly { itemId: string; userId: string }[]
  boundInMs: number
}

/** What the process of the clients is asked to do; each is answered once, by `Answer`. */
export type Request =
  /** Enter the session, all of them. */
  | { do: 'enter'; party: Party }
  /** Do all this, at its time from now. */
  | { do: 'act'; deeds: readonly Deed[] }
  /** Wait until everybody sees what the server has, and tell everything. */
  | { do: 'converge'; goal: Goal }

export type Told = { clients: ClientHistory[]; commands: GivenCommand[] }
export type Answer = { ok: true; told: Told | null } | { ok: false; why: string }
