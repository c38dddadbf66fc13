import { isDeepStrictEqual } from 'node:util'
import { startDjHeartbeat } from '#lib/client/session/dj-heartbeat.ts'
import { cueAt, type Timeline } from '#lib/domain/timeline/timeline.ts'
import type { ClientHistory } from '../history/history.ts'
import { type Deed, djClient } from '../plan/plan-deeds.ts'
import { type Client, openClient } from './client.ts'
import { commandFor } from './do-deed.ts'
import type { Goal, Party, Told } from './messages.ts'
import { type ComparableRoom, comparableRoom, roomOf } from './room.ts'

/** Longer than the longest time that a command is tried for, after the last of them was given. */
const settledWithinInMs = 75_000
const enteredWithinInMs = 60_000
/** So many enter at once; a machine with few cores gains nothing by more. */
const enteringAtOnce = 50

/** Everybody who is in one session. */
export type OpenParty = {
  act: (deeds: readonly Deed[]) => Promise<void>
  converge: (goal: Goal) => Promise<Told>
  leave: () => void
}

/** Lets everybody enter, and resolves once all are live. */
export async function openParty({
  sessionId,
  publishableKey,
  trackIds,
  networks,
  members,
}: Party): Promise<OpenParty> {
  const clients: Client[] = []
  for (let from = 0; from < members.length; from += enteringAtOnce) {
    const entering = members.slice(from, from + enteringAtOnce).map((member) => {
      const lines = networks[member.network]
      if (!lines) throw new Error(`There is no network ${member.network}.`)
      return openClient({ ...member, sessionId, publishableKey, lines })
    })
    clients.push(...entering)
    const live = entering.map(({ until }) => until(({ connection }) => connection.status === 'live'))
    await within(enteredWithinInMs, Promise.all(live), 'Not everybody could enter.')
  }
  const stopHeartbeat = startHeartbeat(sessionId, clients[djClient])

  const doAtItsTime = async (deed: Deed): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, deed.atInMs))
    const client = clients[deed.client]
    const view = client?.view()
    const command = view && commandFor(deed, view, trackIds)
    if (command) await client?.give(command)
  }

  return {
    act: async (deeds) => {
      const all = Promise.all(deeds.map(doAtItsTime))
      await within(settledWithinInMs, all, 'Not every command came to an end.')
      await stopHeartbeat()
    },
    converge: async (goal) => {
      const ends = await Promise.all(clients.map((client) => convergeClient(client, goal)))
      return { clients: ends, commands: clients.flatMap(({ commands }) => commands) }
    },
    leave: () => {
      for (const client of clients) client.leave()
    },
  }
}

/** The DJ's browser says every few seconds where its player is, as in the product; gives the end of that. */
function startHeartbeat(sessionId: string, dj: Client | undefined): () => Promise<void> {
  if (!dj) return async () => {}
  const timeline = (): Timeline => dj.view()?.playback ?? { status: 'idle', rev: 0 }
  let newest: Promise<unknown> = Promise.resolve()
  const heartbeat = startDjHeartbeat({
    sessionId,
    request: (...args) => {
      const answer = dj.request(...args)
      newest = answer.catch(() => {})
      return answer
    },
    serverNowInMs: Date.now,
    positionInMs: () => cueAt(timeline(), Date.now())?.positionInMs ?? null,
    timeline,
    isLeaseFree: () => true,
    standsIn: false,
    kept: { wasHeld: false, note: () => {} },
  })
  return async () => {
    heartbeat.destroy()
    await newest
  }
}

async function convergeClient(client: Client, goal: Goal): Promise<ClientHistory> {
  const { person, network, listening, recorder, until } = client
  const { snapshot, votes, boundInMs } = goal
  const myVotes = votes.flatMap(({ itemId, userId }) => (userId === person.userId ? itemId : []))
  const expected = (): ComparableRoom | null => {
    const view = client.view()
    return (
      view &&
      roomOf(
        snapshot,
        view.me,
        myVotes.filter((itemId) => itemId in view.itemsById),
      )
    )
  }
  const isThere = until(
    (view) => hasReached(client, goal) && isDeepStrictEqual(comparableRoom(view), expected()),
  )
  await within(boundInMs, isThere, '').catch(() => {})
  const view = client.view()
  return {
    userId: person.userId,
    network,
    way: listening,
    refusal: client.refusal(),
    sights: recorder.sights,
    repeatedMessageIds: recorder.repeatedMessageIds,
    reactionsSeen: recorder.reactionsSeen(),
    final: view && comparableRoom(view),
    expected: expected(),
    hasConverged: hasReached(client, goal),
  }
}

/** Whether it is live and has everything that there is; only then its room is worth comparing. */
function hasReached({ recorder }: Client, { snapshot, revs }: Goal): boolean {
  const last = recorder.sights.at(-1)
  return (
    last?.isLive === true &&
    last.seq >= snapshot.seq &&
    last.revs.playback >= revs.playback &&
    last.revs.tallies >= revs.tallies &&
    last.revs.dj >= revs.dj
  )
}

async function within<T>(boundInMs: number, work: Promise<T>, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint)), boundInMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
