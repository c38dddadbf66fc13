import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { StrikeKind } from '../plan/plan-strikes.ts'

/** All of what one session's people did and saw, and what the server has at the end. Instants are epoch milliseconds. */
export type History = {
  clients: readonly ClientHistory[]
  commands: readonly GivenCommand[]
  server: ServerHistory
  strikes: readonly StrikeHistory[]
}

/** A command that a client gave, and how it ended for its giver. */
export type GivenCommand = {
  commandId: string
  userId: string
  kind: string
  /** Of a vote. */
  vote?: { itemId: string; voted: boolean }
  answeredAtInMs: number
  result: { ok: true; seq: number | null } | { ok: false; code: ErrorCode }
}

export type Revs = { playback: number; tallies: number; dj: number }

/** What a client saw when something changed on its screen. */
export type Sight = {
  atInMs: number
  seq: number
  revs: Revs
  /** Whether its room said "live". */
  isLive: boolean
  /** Whether its way down was open. */
  isOpen: boolean
  /** How many snapshots it had fetched by then: each may leave out what is far back. */
  snapshots: number
  /** Messages, not its own on their way, that it had not shown before, in the order shown. */
  newMessageIds: readonly string[]
}

export type ClientHistory = {
  userId: string
  network: number
  /** How it is set to listen. */
  way: string
  /** Why it had to leave; null where it did not. */
  refusal: ErrorCode | null
  sights: readonly Sight[]
  /** Messages that stood on its screen twice at once. */
  repeatedMessageIds: readonly string[]
  /** Reactions that it was shown, all together. */
  reactionsSeen: number
  /** Its room at the end, comparable with the server's by equality; null where it never saw one. */
  final: unknown
  /** What the server says this person's room is. */
  expected: unknown
  /** Whether it reached the server's state within the bound. */
  hasConverged: boolean
}

export type LogEntry = {
  seq: number
  kind: string
  commandId: string | null
  by: string | null
  subjectId: string | null
}

export type ServerHistory = {
  /** The whole log, by `seq`; `subjectId` is the message or item that an event is about. */
  log: readonly LogEntry[]
  /** The rows of votes on all items of the session. */
  votes: readonly { itemId: string; userId: string }[]
  /** The counts that were told, of items that still wait. */
  tallies: Readonly<Record<string, number>>
}

export type StrikeHistory = {
  kind: StrikeKind
  struckAtInMs: number
  /** When the line was whole again, or the server answered again. */
  healedAtInMs: number
  /** The networks that it hit; null: all of them. */
  networks: readonly number[] | null
}
