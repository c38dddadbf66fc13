import { createClient } from '@supabase/supabase-js'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { createSupabaseWebsocket } from '#lib/client/transports/supabase-websocket.ts'
import type { Db } from '#lib/server/db/clients.ts'
import { claimLease, recordHeartbeat } from '#lib/server/playback/dj-presence.ts'
import { catchUp, createSession, enterSession, joinSession } from '#lib/server/sessions/enter-session.ts'
import { loadRestrictedPeople } from '#lib/server/sessions/load-restricted-people.ts'
import { runCommand } from '#lib/server/sessions/run-command.ts'
import { loadSnapshot } from '#lib/server/sessions/the-snapshots.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { publishTestTrack } from '#lib/testing/starter-track.ts'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import { createViewBuilder } from './build-view.ts'
import { noPending } from './pending.ts'
import { fromSnapshot } from './room-state.ts'
import { createSessionClient, type SessionClient } from './session-client.ts'
import type { RoomView } from './view-state.ts'

/**
 * Rooms on the real thing: our use cases on SQL, PostgREST and Realtime. Only HTTP between the browser and our routes
 * is left out.
 */
type InRoom = {
  id: string
  db: Db
  client: SessionClient
  view: () => RoomView
  /** How often the log was asked. */
  polls: () => number
  cut: () => void
  leave: () => Promise<void>
}

beforeAll(() => {
  const { url, publishableKey, secretKey } = inject('supabase')
  vi.stubEnv('SUPABASE_URL', url)
  vi.stubEnv('SUPABASE_PUBLISHABLE_KEY', publishableKey)
  vi.stubEnv('SUPABASE_SECRET_KEY', secretKey)
})

async function enter(name: string, sessionId: string, who?: { id: string; db: Db }): Promise<InRoom> {
  const line = await openTcpProxy(inject('supabase').url)
  const { id, db } = who ?? ((await enterAs(name, line.url)) as unknown as { id: string; db: Db })
  let polls = 0
  const client = createSessionClient({
    sessionId,
    api: {
      join: () => joinSession(db, sessionId, null, 200),
      enter: () => enterSession(db, sessionId, null, 200),
      snapshot: () => loadSnapshot(db, sessionId),
      poll: (after) => {
        polls += 1
        return catchUp(db, sessionId, after)
      },
      send: (command) => runCommand({ userId: id, db }, sessionId, command),
      here: async () => [],
    },
    transport: createSupabaseWebsocket(db, id),
    store: null,
    now: Date.now,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    onWake: () => () => {},
  })
  const view = (): RoomView => {
    const now = client.getSnapshot()
    if (now.status !== 'ready') throw new Error(`The room is ${now.status}.`)
    return now
  }
  await until(() => expect(view().connection).toEqual({ status: 'live', way: 'websocket' }))
  const leave = async (): Promise<void> => {
    client.destroy()
    await db.removeAllChannels()
    await line.close()
  }
  return { id, db, client, view, polls: () => polls, cut: line.cut, leave }
}

const until = (condition: () => void) => vi.waitFor(condition, { timeout: 15_000, interval: 25 })

async function openRoom(
  ...names: string[]
): Promise<{ sessionId: string; dj: InRoom; people: InRoom[]; end: () => Promise<void> }> {
  const diana = (await enterAs('Diana')) as unknown as { id: string; db: Db }
  const { id: sessionId } = await createSession(diana.db, {
    title: 'Noche',
    visibility: 'public',
    artworkPath: null,
  })
  const dj = await enter('Diana', sessionId, diana)
  const people = await Promise.all(names.map((name) => enter(name, sessionId)))
  return {
    sessionId,
    dj,
    people,
    end: async () => {
      await Promise.all([dj, ...people].map(({ leave }) => leave()))
    },
  }
}

const nobodyHere = { count: 0, userIds: [] }

/** Who is connected comes from Presence alone; members have no order. */
function withoutPresence({ here: _here, hereCount: _hereCount, members, ...view }: RoomView) {
  return { ...view, members: new Set(members) }
}

describe('people in one room', () => {
  it('see each other, and everything said in one order', async () => {
    const { dj, people, end } = await openRoom('Luis', 'Marta')
    const everybody = [dj, ...people]
    for (const { view } of everybody) {
      await until(() =>
        expect(
          view()
            .here.map(({ name }) => name)
            .sort(),
        ).toEqual(['Diana', 'Luis', 'Marta']),
      )
    }
    const sent = await Promise.all(
      everybody.flatMap(({ client }, index) =>
        [1, 2, 3].map((count) => client.send({ kind: 'chat.send', text: `${index}.${count}` })),
      ),
    )
    expect(sent.every(({ ok }) => ok)).toBe(true)
    const texts = (view: RoomView) => view.messages.map(({ text, delivery }) => `${text} ${delivery}`)
    for (const { view } of everybody) await until(() => expect(view().messages).toHaveLength(9))
    // An own message counts before its event has come: until then it may stand elsewhere.
    for (const { view } of people) await until(() => expect(texts(view())).toEqual(texts(dj.view())))
    await end()
  })

  it('order the queue by their votes, and hear the same timeline', async () => {
    const { dj, people, end } = await openRoom('Luis', 'Marta')
    const [luis, marta] = people as [InRoom, InRoom]
    const tracks = [
      await publishTestTrack('First'),
      await publishTestTrack('Second'),
      await publishTestTrack('Third'),
    ]
    await dj.client.send({ kind: 'queue.add', trackId: tracks[0] as string })
    await luis.client.send({ kind: 'queue.add', trackId: tracks[1] as string })
    await marta.client.send({ kind: 'queue.add', trackId: tracks[2] as string })
    const titles = ({ view }: InRoom) => view().queue.map(({ track }) => track.title)
    for (const person of [dj, luis, marta])
      await until(() => expect(titles(person)).toEqual(['First', 'Second', 'Third']))

    const third = dj.view().queue[2]?.id as string
    const voted = luis.client.send({ kind: 'queue.vote', itemId: third, voted: true })
    expect(titles(luis)).toEqual(['Third', 'First', 'Second'])
    expect(await voted).toMatchObject({ ok: true, acknowledgement: { rev: 1 } })
    for (const person of [dj, marta])
      await until(() => expect(titles(person)).toEqual(['Third', 'First', 'Second']))

    await dj.client.send({ kind: 'playback.play', itemId: null })
    for (const { view } of [dj, luis, marta]) {
      await until(() =>
        expect(view().playback).toMatchObject({ status: 'playing', current: { itemId: third } }),
      )
      expect(view().playback).toEqual(dj.view().playback)
    }
    await until(() => expect(titles(marta)).toEqual(['First', 'Second']))
    expect(await luis.client.send({ kind: 'playback.pause' })).toEqual({ ok: false, code: 'not_allowed' })
    await end()
  })

  it('see what a newcomer sees, whatever has happened', async () => {
    const { sessionId, dj, people, end } = await openRoom('Luis', 'Marta')
    const [luis, marta] = people as [InRoom, InRoom]
    // So short that each next one is committed as soon as one plays.
    for (const [who, count] of [dj, luis, luis, marta, marta].map((who, index) => [who, index] as const)) {
      const trackId = await publishTestTrack(`Song ${count}`, 12_000)
      await who.client.send({ kind: 'queue.add', trackId })
    }
    await until(() => expect(dj.view().queue).toHaveLength(5))
    const item = (index: number) => dj.view().queue[index]?.id as string
    await luis.client.send({ kind: 'queue.vote', itemId: item(2), voted: true })
    await marta.client.send({ kind: 'queue.vote', itemId: item(2), voted: true })
    await luis.client.send({ kind: 'queue.vote', itemId: item(2), voted: false })
    await dj.client.send({ kind: 'queue.move', itemId: item(4), beforeItemId: item(1) })
    await dj.client.send({ kind: 'playback.play', itemId: null })
    await until(() => expect(dj.view().playback).toMatchObject({ next: { itemId: expect.any(String) } }))
    const { playback } = dj.view()
    const committed = playback.status === 'playing' ? playback.next?.itemId : undefined
    await dj.client.send({ kind: 'queue.remove', itemId: committed as string })
    await until(() => expect(dj.view().itemsById).not.toHaveProperty(committed as string))
    await dj.client.send({ kind: 'playback.pause' })
    await until(() => expect(dj.view().playback.status).toBe('paused'))
    expect(dj.view().queue).toHaveLength(3)
    await dj.client.send({ kind: 'playback.set_crossfade', crossfadeInMs: 2_000 })
    await dj.client.send({ kind: 'playback.play', itemId: null })
    await until(() => expect(dj.view().playback).toMatchObject({ next: { fadeInMs: 2_000 } }))
    await dj.client.send({ kind: 'playback.next', expectedRev: dj.view().playback.rev })
    await luis.client.send({ kind: 'chat.send', text: 'said' })
    await dj.client.send({ kind: 'session.update', title: 'Otra noche', requestsOpen: false })
    const last = await dj.client.send({ kind: 'chat.send', text: 'done' })
    const seq = last.ok ? last.acknowledgement.seq : null

    for (const person of [dj, luis, marta]) {
      await until(() => expect(person.view().seq).toBe(seq))
      const snapshot = await loadSnapshot(person.db, sessionId)
      const seen = createViewBuilder()(fromSnapshot(snapshot), noPending(snapshot.myVotes), nobodyHere, {
        status: 'live',
        way: 'websocket',
      })
      // The tallies travel apart from the log.
      await until(() => expect(withoutPresence(person.view())).toEqual(withoutPresence(seen)))
    }
    await end()
  })

  it('miss nothing when a line is cut', async () => {
    const { dj, people, end } = await openRoom('Luis')
    const [luis] = people as [InRoom]
    luis.cut()
    for (const count of [1, 2, 3]) await dj.client.send({ kind: 'chat.send', text: `while away ${count}` })
    await until(() => expect(luis.view().messages.map(({ text }) => text)).toHaveLength(3))
    await until(() => expect(luis.view().connection).toEqual({ status: 'live', way: 'websocket' }))
    await dj.client.send({ kind: 'chat.send', text: 'back' })
    await until(() => expect(luis.view().messages.at(-1)?.text).toBe('back'))
    await end()
  })

  it('know that the DJ is there by the lease and its heartbeats', async () => {
    const { sessionId, dj, people, end } = await openRoom('Luis')
    const [luis] = people as [InRoom]
    const gently = { takesOver: false }
    const { leaseId, presentUntil } = await claimLease(dj.db, sessionId, gently)
    await until(() => expect(luis.view().dj.presentUntil).toBe(presentUntil))
    const heartbeat = { leaseId, rev: 0, positionInMs: null, at: Date.now() }
    const beaten = await recordHeartbeat(dj.db, sessionId, heartbeat)
    await until(() => expect(luis.view().dj.presentUntil).toBe(beaten.presentUntil))
    await claimLease(dj.db, sessionId, gently)
    await expect(recordHeartbeat(dj.db, sessionId, heartbeat)).rejects.toMatchObject({ code: 'lease_lost' })
    await expect(claimLease(luis.db, sessionId, gently)).rejects.toMatchObject({ code: 'not_allowed' })
    await end()
  })

  it('go on without who was banned, who hears nothing more on a channel that is still open (attack 22)', async () => {
    const { sessionId, dj, people, end } = await openRoom('Luis', 'Marta')
    const [luis, marta] = people as [InRoom, InRoom]
    // A client that cares for no ban: it stays in the channel where it is.
    const overheard: unknown[] = []
    const stubborn = createClient(inject('supabase').url, inject('supabase').publishableKey)
    await stubborn.realtime.setAuth((await luis.db.auth.getSession()).data.session?.access_token ?? null)
    const kept = stubborn.channel(`session:${sessionId}`, { config: { private: true } })
    kept.on('broadcast', { event: 'envelope' }, ({ payload }) => overheard.push(payload.items))
    await new Promise<void>((resolve) => kept.subscribe((status) => status === 'SUBSCRIBED' && resolve()))

    const polls = marta.polls()
    await mustCall(dj.db, 'ban_member', { p_session_id: sessionId, p_user_id: luis.id })
    // Whoever has come into the next channel asks for what was missed on the way.
    for (const somebody of [dj, marta]) {
      await until(() =>
        expect(
          somebody
            .view()
            .here.map(({ name }) => name)
            .sort(),
        ).toEqual(['Diana', 'Marta']),
      )
    }
    await until(() => expect(marta.polls()).toBe(polls + 1))
    await dj.client.send({ kind: 'chat.send', text: 'just us' })
    await until(() => expect(marta.view().messages.at(-1)?.text).toBe('just us'))
    // It came by the channel, so that Luis would have had it by now.
    expect(marta.polls()).toBe(polls + 1)
    expect(JSON.stringify(overheard)).toContain('member.banned')
    expect(JSON.stringify(overheard)).not.toContain('just us')
    await stubborn.removeAllChannels()
    await end()
  })

  it('are muted and appointed by the DJ, and hear of it at once', async () => {
    const { sessionId, dj, people, end } = await openRoom('Luis', 'Marta')
    const [luis, marta] = people as [InRoom, InRoom]
    const mute = (by: InRoom, whom: InRoom, minutes: number) =>
      by.client.send({ kind: 'member.mute', userId: whom.id, minutes })
    const say = ({ client }: InRoom) => client.send({ kind: 'chat.send', text: 'hola' })

    expect(await mute(dj, luis, 10)).toMatchObject({ ok: true })
    await until(() => expect(luis.view().me.mutedUntil).not.toBeNull())
    expect(await say(luis)).toMatchObject({ ok: false, code: 'muted' })
    const { muted } = await loadRestrictedPeople(dj.db, sessionId)
    expect(muted).toEqual([{ userId: luis.id, until: luis.view().me.mutedUntil }])
    await mute(dj, luis, 0)
    await until(() => expect(luis.view().me.mutedUntil).toBeNull())
    expect(await say(luis)).toMatchObject({ ok: true })

    expect(await mute(luis, marta, 10)).toEqual({ ok: false, code: 'not_allowed' })
    const appointed = { kind: 'member.set_role', userId: luis.id, role: 'moderator' } as const
    expect(await dj.client.send(appointed)).toMatchObject({ ok: true })
    await until(() => expect(luis.view().me.role).toBe('moderator'))
    for (const { view } of [dj, marta]) {
      await until(() =>
        expect(view().members.find(({ userId }) => userId === luis.id)).toMatchObject({ role: 'moderator' }),
      )
    }
    expect(await mute(luis, marta, 10)).toMatchObject({ ok: true })
    expect(await mute(luis, dj, 10)).toEqual({ ok: false, code: 'not_allowed' })
    await end()
  })

  it('are banned and let in again', async () => {
    const { sessionId, dj, people, end } = await openRoom('Luis')
    const [luis] = people as [InRoom]
    const banned = await dj.client.send({ kind: 'member.ban', userId: luis.id })
    expect(banned).toMatchObject({ ok: true, acknowledgement: { seq: expect.any(Number) } })
    await until(() => expect(luis.client.getSnapshot()).toEqual({ status: 'refused', code: 'banned' }))
    await expect(joinSession(luis.db, sessionId, null, 200)).rejects.toMatchObject({ code: 'banned' })
    const restricted = { muted: [], banned: [{ userId: luis.id, name: 'Luis' }] }
    expect(await loadRestrictedPeople(dj.db, sessionId)).toEqual(restricted)
    expect(await dj.client.send({ kind: 'member.unban', userId: luis.id })).toMatchObject({ ok: true })
    await joinSession(luis.db, sessionId, null, 200)
    await end()
  })

  it('lose the room when they are banned', async () => {
    const { sessionId, dj, people, end } = await openRoom('Luis')
    const [luis] = people as [InRoom]
    await mustCall(dj.db, 'ban_member', { p_session_id: sessionId, p_user_id: luis.id })
    await until(() => expect(luis.client.getSnapshot()).toEqual({ status: 'refused', code: 'banned' }))
    await expect(loadSnapshot(luis.db, sessionId)).rejects.toMatchObject({ code: 'banned' })
    await end()
  })
})
