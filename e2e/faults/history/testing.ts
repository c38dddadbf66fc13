import type { ClientHistory, GivenCommand, History, LogEntry, Sight } from './history.ts'

/** A small history in which every promise was kept: Ana said two things, Bruno voted, both saw it all. */
export function keptHistory(): History {
  const log: LogEntry[] = [
    { seq: 1, kind: 'member.joined', commandId: null, by: 'bruno', subjectId: 'bruno' },
    { seq: 2, kind: 'chat.sent', commandId: 'c1', by: 'ana', subjectId: 'c1' },
    { seq: 3, kind: 'queue.added', commandId: 'c2', by: 'bruno', subjectId: 'i1' },
    { seq: 4, kind: 'chat.sent', commandId: 'c3', by: 'ana', subjectId: 'c3' },
  ]
  const commands: GivenCommand[] = [
    given('c1', 'ana', 'chat.send', 2),
    given('c2', 'bruno', 'queue.add', 3),
    given('c3', 'ana', 'chat.send', 4),
    { ...given('c4', 'bruno', 'queue.vote', null), vote: { itemId: 'i1', voted: true } },
    given('c5', 'ana', 'react', null),
  ]
  return {
    clients: [keptClient('ana'), keptClient('bruno')],
    commands,
    server: { log, votes: [{ itemId: 'i1', userId: 'bruno' }], tallies: { i1: 1 } },
    strikes: [],
  }
}

function given(commandId: string, userId: string, kind: string, seq: number | null): GivenCommand {
  return { commandId, userId, kind, answeredAtInMs: 1_000, result: { ok: true, seq } }
}

function keptClient(userId: string): ClientHistory {
  return {
    userId,
    network: 0,
    way: 'sse',
    refusal: null,
    sights: [
      sight({ atInMs: 100, seq: 2, newMessageIds: ['c1'] }),
      sight({ atInMs: 200, seq: 4, revs: { playback: 0, tallies: 1, dj: 0 }, newMessageIds: ['c3'] }),
    ],
    repeatedMessageIds: [],
    reactionsSeen: 1,
    final: { seq: 4, messages: ['c1', 'c3'] },
    expected: { seq: 4, messages: ['c1', 'c3'] },
    hasConverged: true,
  }
}

export function sight(given: Partial<Sight>): Sight {
  return {
    atInMs: 0,
    seq: 0,
    revs: { playback: 0, tallies: 0, dj: 0 },
    isLive: true,
    isOpen: true,
    snapshots: 1,
    newMessageIds: [],
    ...given,
  }
}

/** The same history with Ana's client changed. */
export function withAna(history: History, change: Partial<ClientHistory>): History {
  const [ana, ...others] = history.clients
  if (!ana) throw new Error('Ana is not there.')
  return { ...history, clients: [{ ...ana, ...change }, ...others] }
}
