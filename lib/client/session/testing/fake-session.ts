import type { Acknowledgement, Command } from '#lib/protocol/commands.ts'
import type { CatchUp, Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { SessionEvent } from '#lib/protocol/events.ts'
import type { QueueItem, SessionState, Snapshot } from '#lib/protocol/session-state.ts'

/** A made-up UUID that is easy to read in a failing test. */
export function testId(kind: string, number: number): string {
  const hex = Array.from(kind, (letter) => letter.charCodeAt(0).toString(16)).join('')
  return `${hex.padEnd(8, '0').slice(0, 8)}-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export const sessionId = testId('sess', 1)
export const ana = testId('ana', 1)
export const bruno = testId('brun', 1)
/** In a room of more members the state says how many they are. */
const largeFrom = 200
const names: Record<string, string> = { [ana]: 'Ana', [bruno]: 'Bruno' }

/**
 * The server's side of one session, in memory: its log, its rows, and what it tells. Ana is the one whose client is
 * tested. Written down as plainly as possible, so that it is right by looking at it.
 */
export function createFakeSession(tell: (envelope: Envelope) => void) {
  let generation = 1
  let log: SessionEvent[] = []
  const acknowledged = new Map<string, Acknowledgement>()
  const votes = new Map<string, Set<string>>()
  let counter = 0
  const rows: Snapshot = emptySnapshot()

  const envelope = (from: number, items: SessionEvent[], state?: SessionState): Envelope => ({
    v: 1,
    sid: sessionId,
    epoch: rows.epoch,
    from,
    to: rows.seq,
    items,
    ...(state && { state: structuredClone(state) }),
    sentAt: Date.now(),
  })
  const stateNow = (): SessionState => ({
    playback: rows.playback,
    tallies: rows.tallies,
    dj: rows.dj,
    ...(rows.memberCount > largeFrom && { memberCount: rows.memberCount }),
    ...(rows.tipFigures && { tipFigures: rows.tipFigures }),
  })

  type Told = Pick<SessionEvent, 'kind' | 'payload'>
  const append = (told: Told, by: string | null, commandId: string | null): SessionEvent => {
    rows.seq += 1
    const event = { seq: rows.seq, commandId, by, at: Date.now(), ...structuredClone(told) } as SessionEvent
    log.push(event)
    return event
  }
  const say = (
    events: Told[],
    state?: SessionState,
    by: string | null = null,
    commandId: string | null = null,
  ) => {
    const from = rows.seq
    tell(
      envelope(
        from,
        events.map((told) => append(told, by, commandId)),
        state,
      ),
    )
  }

  const chat = (by: string, text: string, commandId: string | null = null): void => {
    const message = {
      id: commandId ?? testId('mess', ++counter),
      authorId: by,
      authorName: names[by] ?? '?',
      text,
      at: Date.now(),
    }
    rows.messages.push(message)
    say([{ kind: 'chat.sent', payload: message }], undefined, by, commandId)
  }
  const vote = (by: string, itemId: string, voted: boolean): number => {
    const voters = votes.get(itemId) ?? new Set()
    votes.set(itemId, voters)
    if (voters.has(by) === voted) return rows.tallies.rev
    if (voted) voters.add(by)
    else voters.delete(by)
    const counted = Object.fromEntries(
      [...votes].map(([id, { size }]) => [id, size]).filter(([, size]) => size),
    )
    rows.tallies = { rev: rows.tallies.rev + 1, votes: counted }
    say([], { tallies: rows.tallies })
    return rows.tallies.rev
  }
  const waiting = (): QueueItem[] => {
    const { playback } = rows
    return rows.queue.filter(({ id }) => playback.status === 'idle' || playback.current.itemId !== id)
  }

  return {
    rows,
    log: () => log,
    waiting,
    chat,
    vote,
    add: (by: string): string => {
      const item = queueItem(++counter, by)
      rows.queue.push(item)
      say([{ kind: 'queue.added', payload: item }], undefined, by)
      return item.id
    },
    /** Finishes what plays and begins with the first that waits; or falls silent. */
    next: (): void => {
      const events: Told[] = []
      const { playback } = rows
      const rev = playback.rev + 1
      const item = waiting()[0]
      if (playback.status !== 'idle') {
        const { itemId } = playback.current
        rows.queue = rows.queue.filter(({ id }) => id !== itemId)
        events.push({ kind: 'queue.finished', payload: { itemId } })
      }
      if (item) {
        const { lastRoundByPerson, currentRound } = rows.turns
        const round = Math.max(currentRound, (lastRoundByPerson[item.addedBy] ?? 0) + 1)
        rows.turns = {
          currentRound: round,
          lastRoundByPerson: { ...lastRoundByPerson, [item.addedBy]: round },
        }
        events.push({ kind: 'queue.started', payload: { itemId: item.id, turns: rows.turns } })
        const slot = {
          itemId: item.id,
          trackId: item.track.id,
          durationInMs: 60_000,
          startsAtInMs: Date.now(),
        }
        rows.playback = { status: 'playing', rev, current: slot, next: null }
      } else {
        rows.playback = { status: 'idle', rev }
      }
      say(events, { playback: rows.playback })
    },
    pin: (itemId: string, pinnedOrder: number | null): void => {
      rows.queue = rows.queue.map((item) => (item.id === itemId ? { ...item, pinnedOrder } : item))
      say([{ kind: 'queue.pinned', payload: { pins: [{ itemId, pinnedOrder }] } }])
    },
    removeMessage: (messageId: string): void => {
      rows.messages = rows.messages.filter(({ id }) => id !== messageId)
      say([{ kind: 'chat.removed', payload: { messageId } }])
    },
    join: (): void => {
      const member = {
        userId: testId('memb', ++counter),
        name: `Guest ${counter}`,
        role: 'listener' as const,
      }
      rows.members.push(member)
      rows.memberCount += 1
      say([{ kind: 'member.joined', payload: member }])
    },
    /** So many more come in of whom the log says nothing. */
    grow: (count: number): void => {
      rows.memberCount += count
    },
    heartbeat: (): void => {
      rows.dj = { rev: rows.dj.rev + 1, presentUntil: Date.now() + 15_000, positionInMs: 0 }
      say([], stateNow())
    },
    ban: (userId: string): void => say([{ kind: 'member.banned', payload: { userId, channel: 1 } }]),
    ping: (): void => tell(envelope(rows.seq, [], stateNow())),
    /** The log begins anew, as after a restored backup: other numbers, the same rows. */
    restart: (seq = 3): void => {
      rows.epoch = testId('epoc', ++generation)
      rows.seq = seq
      log = []
      rows.playback = { ...rows.playback, rev: 1 }
      rows.tallies = { ...rows.tallies, rev: 1 }
    },
    snapshot: (): Snapshot => {
      const mine = [...votes].filter(([, voters]) => voters.has(ana)).map(([itemId]) => itemId)
      return structuredClone({ ...rows, myVotes: mine })
    },
    poll: (after: number): CatchUp => {
      const first = log[0]?.seq ?? rows.seq + 1
      if (after > rows.seq || after < first - 1) return { epoch: rows.epoch, reset: true }
      return structuredClone(
        envelope(
          after,
          log.filter(({ seq }) => seq > after),
          stateNow(),
        ),
      )
    },
    /** What a stream that resumes says first: what follows on the cursor, as far as it is of use. */
    streamFrom: (cursor: number | null): Envelope => {
      const items = log.filter(({ seq }) => cursor !== null && seq > cursor)
      const from = items[0] ? items[0].seq - 1 : rows.seq
      return structuredClone(envelope(from, items, stateNow()))
    },
    /** Carries out Ana's command, once however often it comes. */
    carryOut: (command: Command): Acknowledgement => {
      const known = acknowledged.get(command.commandId)
      if (known) return known
      const { commandId } = command
      let acknowledgement: Acknowledgement = { commandId, seq: null }
      if (command.kind === 'chat.send') {
        chat(ana, command.text, commandId)
        acknowledgement = { commandId, seq: rows.seq }
      } else if (command.kind === 'queue.vote') {
        if (!waiting().some(({ id }) => id === command.itemId)) throw new CodedError('stale')
        acknowledgement = { commandId, seq: null, rev: vote(ana, command.itemId, command.voted) }
      } else {
        throw new CodedError('not_allowed')
      }
      acknowledged.set(commandId, acknowledgement)
      return acknowledgement
    },
  }
}

export type FakeSession = ReturnType<typeof createFakeSession>

function emptySnapshot(): Snapshot {
  return {
    epoch: testId('epoc', 1),
    seq: 0,
    channel: 0,
    session: {
      id: sessionId,
      slug: 'noche-abcdefgh',
      title: 'Noche',
      status: 'live',
      visibility: 'public',
      artworkPath: null,
      djId: bruno,
      requestsOpen: true,
      crossfadeInMs: 0,
      startedAt: 0,
      tipGoal: null,
    },
    me: { userId: ana, role: 'listener', name: 'Ana', mutedUntil: null },
    members: [
      { userId: bruno, name: 'Bruno', role: 'dj' },
      { userId: ana, name: 'Ana', role: 'listener' },
    ],
    memberCount: 2,
    messages: [],
    tips: [],
    queue: [],
    myVotes: [],
    turns: { currentRound: 0, lastRoundByPerson: {} },
    playback: { status: 'idle', rev: 0 },
    tallies: { rev: 0, votes: {} },
    dj: { rev: 0, presentUntil: null, positionInMs: null },
    live: null,
  }
}

function queueItem(number: number, by: string): QueueItem {
  return {
    id: testId('item', number),
    track: {
      id: testId('trac', number),
      title: `Song ${number}`,
      artist: null,
      durationInMs: 60_000,
      waveform: [1, 2, 3],
      playlistPath: `tracks/${number}/master.m3u8`,
      artworkPath: null,
      preRollInMs: 2000,
    },
    addedBy: by,
    addedByName: names[by] ?? '?',
    addedAt: Date.now() + number,
    pinnedOrder: null,
  }
}
