import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Envelope } from '#lib/protocol/envelope.ts'
import type { SessionClient } from './session-client.ts'
import { ana, bruno, createFakeSession } from './testing/fake-session.ts'
import { memoryStore, openFakeSession } from './testing/open-fake-session.ts'
import type { RoomView } from './view-state.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const aMoment = () => vi.advanceTimersByTimeAsync(10)

function roomOf(client: SessionClient): RoomView {
  const view = client.getSnapshot()
  if (view.status !== 'ready') throw new Error(`The room is ${view.status}.`)
  return view
}
const texts = (client: SessionClient) =>
  roomOf(client).messages.map(({ text, delivery }) => `${text} (${delivery})`)

async function openReady(options: Parameters<typeof openFakeSession>[0] = {}) {
  const opened = openFakeSession(options)
  await aMoment()
  return opened
}

describe('a room', () => {
  it('comes in by one question and goes live', async () => {
    const { client, calls } = openFakeSession()
    expect(client.getSnapshot()).toEqual({
      status: 'loading',
      connection: { status: 'connecting', way: null },
    })
    await aMoment()
    expect(roomOf(client)).toMatchObject({ connection: { status: 'live' }, me: { name: 'Ana' }, seq: 0 })
    expect(calls).toMatchObject({ enter: 1, join: 0, snapshot: 0 })
  })

  it('shows what happens, in order', async () => {
    const { client, server } = await openReady()
    server.chat(bruno, 'hola')
    server.chat(bruno, 'buenas noches')
    expect(texts(client)).toEqual(['hola (sent)', 'buenas noches (sent)'])
  })

  it('shows what the tips come to, by what was heard last', async () => {
    const { client, server } = await openReady()
    expect(roomOf(client).tipFigures).toBeNull()
    for (const raised of [500, 300]) {
      server.rows.tipFigures = { currency: 'eur', raised, top: [] }
      server.ping()
      expect(roomOf(client).tipFigures).toMatchObject({ raised })
    }
    server.vote(bruno, server.add(bruno), true)
    expect(roomOf(client).tipFigures).toMatchObject({ raised: 300 })
  })

  it('takes an envelope twice as once', async () => {
    const { client, server, line } = openFakeSession({
      server: createFakeSession((envelope) => {
        line.deliver(envelope)
        line.deliver(envelope)
      }),
    })
    await aMoment()
    server.chat(bruno, 'hola')
    expect(texts(client)).toEqual(['hola (sent)'])
  })

  it('fetches what a hole in the stream swallowed, and keeps the order', async () => {
    const { client, server, line, calls } = await openReady()
    line.cut()
    server.chat(bruno, 'lost')
    line.mend()
    await aMoment()
    server.chat(bruno, 'heard')
    await aMoment()
    expect(texts(client)).toEqual(['lost (sent)', 'heard (sent)'])
    expect(calls.snapshot).toBe(0)
  })

  it('notices a lost tail by the next ping', async () => {
    let swallow = true
    const { client, server, line } = openFakeSession({
      server: createFakeSession((envelope) => swallow || line.deliver(envelope)),
    })
    await aMoment()
    server.chat(bruno, 'lost')
    swallow = false
    expect(texts(client)).toEqual([])
    server.ping()
    await aMoment()
    expect(texts(client)).toEqual(['lost (sent)'])
  })

  it('begins again when the log did', async () => {
    const { client, server, calls } = await openReady()
    server.chat(bruno, 'before')
    server.restart()
    server.ping()
    await aMoment()
    expect(calls.snapshot).toBe(1)
    server.chat(bruno, 'after')
    expect(texts(client)).toEqual(['before (sent)', 'after (sent)'])
  })

  it('names those here by their membership, whatever a presence claims', async () => {
    const { client, line } = await openReady()
    const userIds = [ana, bruno, 'ffffffff-0000-4000-8000-000000000000']
    line.showPresent({ count: 3, userIds })
    expect(roomOf(client).here.map(({ name }) => name)).toEqual(['Bruno', 'Ana'])
    expect(roomOf(client).hereCount).toBe(2)
  })

  it('counts those who are not named, and never more than there are members', async () => {
    const { client, server, line } = await openReady()
    for (let count = 0; count < 8; count++) server.join()
    line.showPresent({ count: 7, userIds: [ana] })
    expect(roomOf(client).hereCount).toBe(7)
    line.showPresent({ count: 90_000, userIds: [ana] })
    expect(roomOf(client).hereCount).toBe(10)
  })

  it('counts whoever came in without a word, once it is told how many members there are', async () => {
    const { client, server, line } = await openReady()
    line.showPresent({ count: 9_000, userIds: [ana] })
    expect(roomOf(client).hereCount).toBe(2)
    server.grow(10_000)
    server.heartbeat()
    expect(roomOf(client)).toMatchObject({ hereCount: 9_000, memberCount: 10_002 })
    line.showPresent({ count: 90_000, userIds: [ana] })
    expect(roomOf(client).hereCount).toBe(10_002)
  })

  it('does not count who gives no sign of life any more, until they are back', async () => {
    const { client, line, silent, calls } = await openReady({ way: 'websocket' })
    line.showPresent({ count: 2, userIds: [ana, bruno] })
    silent.push(bruno)
    const saidBefore = calls.here
    await vi.advanceTimersByTimeAsync(9_000)
    expect(calls.here - saidBefore).toBe(1)
    expect(roomOf(client)).toMatchObject({ hereCount: 1, here: [{ name: 'Ana' }] })
    line.showPresent({ count: 2, userIds: [bruno, ana] })
    expect(roomOf(client).hereCount).toBe(1)
    silent.length = 0
    await vi.advanceTimersByTimeAsync(9_000)
    expect(roomOf(client).hereCount).toBe(2)
  })

  it.each(['sse', 'long_poll'] as const)('leaves that to the hub on %s', async (way) => {
    const { client, line, silent } = await openReady({ way })
    line.showPresent({ count: 2, userIds: [ana, bruno] })
    silent.push(bruno)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(roomOf(client).hereCount).toBe(2)
  })

  it('ends at once when its line is refused', async () => {
    const { client, line } = await openReady()
    line.refuse('banned')
    expect(client.getSnapshot()).toEqual({ status: 'refused', code: 'banned' })
    expect(line.openCount()).toBe(0)
  })

  it('ends for who is banned', async () => {
    const { client, server } = await openReady()
    server.ban(bruno)
    expect(roomOf(client).members).toHaveLength(1)
    server.ban(ana)
    expect(client.getSnapshot()).toEqual({ status: 'refused', code: 'banned' })
    expect(await client.send({ kind: 'chat.send', text: 'still here' })).toEqual({
      ok: false,
      code: 'banned',
    })
  })

  it('keeps the parts of its view that did not change', async () => {
    const { client, server } = await openReady()
    server.add(bruno)
    const before = roomOf(client)
    server.chat(bruno, 'hola')
    const after = roomOf(client)
    expect(after.queue).toBe(before.queue)
    expect(after.members).toBe(before.members)
    expect(after.messages).not.toBe(before.messages)
    expect(client.getSnapshot()).toBe(after)
  })
})

describe('its connection', () => {
  it('is catching up during a hiccup, and broken only after a while', async () => {
    const { client, line } = await openReady()
    line.cut()
    expect(roomOf(client).connection).toEqual({ status: 'catching_up', way: 'fake' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(roomOf(client).connection).toEqual({ status: 'broken', sinceInMs: 1_000_010, way: 'fake' })
    line.mend()
    await aMoment()
    expect(roomOf(client).connection).toEqual({ status: 'live', way: 'fake' })
  })
})

describe('the line of a room', () => {
  it.each([
    ['websocket', 6],
    ['sse', 0],
    ['long_poll', 0],
  ] as const)('on %s asks the server %i times in four minutes of silence', async (way, polls) => {
    const { calls } = await openReady({ way })
    const pollsBefore = calls.poll
    await vi.advanceTimersByTimeAsync(4 * 60_000)
    expect(calls.poll - pollsBefore).toBe(polls)
  })

  it('asks the server once in four minutes in which something is heard all the time', async () => {
    const { calls, server } = await openReady({ way: 'websocket' })
    const pollsBefore = calls.poll
    for (let second = 0; second < 4 * 60; second += 5) {
      server.heartbeat()
      await vi.advanceTimersByTimeAsync(5_000)
    }
    expect(calls.poll - pollsBefore).toBe(1)
  })

  it('finds out within a minute that nothing is said any more where it listens', async () => {
    const { client, line, server } = await openReady({ way: 'websocket' })
    line.deaf(() => server.ban(bruno))
    expect(roomOf(client).members).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(45_000)
    expect(roomOf(client).members).toHaveLength(1)
    expect(line.checks).toEqual(['channel_changed'])
  })

  it('is looked at on waking, and the log is asked', async () => {
    const { line, wake, calls } = await openReady()
    const pollsBefore = calls.poll
    wake('woke')
    await aMoment()
    expect(line.checks).toEqual(['woke'])
    expect(calls.poll).toBe(pollsBefore + 1)
  })

  it('says at once on waking that somebody is here, and nothing more once it is closed', async () => {
    const { client, wake, calls } = await openReady()
    const saidBefore = calls.here
    wake('woke')
    await aMoment()
    expect(calls.here).toBe(saidBefore + 1)
    client.destroy()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls.here).toBe(saidBefore + 1)
  })

  it('is tried again when somebody asks for it', async () => {
    const { client, line } = await openReady()
    client.reconnect()
    expect(line.checks).toEqual(['network_changed'])
  })

  it('may try several ways before it is called broken', async () => {
    const { client, line } = openFakeSession()
    line.cut()
    await vi.advanceTimersByTimeAsync(7_900)
    expect(roomOf(client).connection.status).toBe('connecting')
    await vi.advanceTimersByTimeAsync(200)
    expect(roomOf(client).connection.status).toBe('broken')
  })
})

/** Ana says something whose answer does not come, and closes the page. */
async function leaveUnsettled(requests: 'lost' | 'unanswered') {
  const store = memoryStore()
  const { client, network, server } = await openReady({ store })
  network.requests = requests
  void client.send({ kind: 'chat.send', text: 'hola' })
  await aMoment()
  client.destroy()
  return { store, server, comeBack: () => openReady({ store, server }) }
}

describe('a message of one’s own', () => {
  it('is shown at once, and once when its echo comes', async () => {
    const { client } = await openReady()
    const sent = client.send({ kind: 'chat.send', text: 'hola' })
    expect(texts(client)).toEqual(['hola (pending)'])
    expect(await sent).toMatchObject({ ok: true, acknowledgement: { seq: 1 } })
    expect(texts(client)).toEqual(['hola (sent)'])
    await aMoment()
    expect(texts(client)).toEqual(['hola (sent)'])
  })

  it('arrives once although the answer was lost', async () => {
    const { client, server, network } = await openReady()
    network.requests = 'unanswered'
    void client.send({ kind: 'chat.send', text: 'hola' })
    await aMoment()
    network.requests = 'fine'
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.rows.messages).toHaveLength(1)
    expect(texts(client)).toEqual(['hola (sent)'])
  })

  it('is fetched when it was acknowledged and no echo comes', async () => {
    let swallow = true
    const { client, line, calls } = openFakeSession({
      server: createFakeSession((envelope) => swallow || line.deliver(envelope)),
    })
    await aMoment()
    await client.send({ kind: 'chat.send', text: 'hola' })
    expect(texts(client)).toEqual(['hola (sent)'])
    const pollsBefore = calls.poll
    await vi.advanceTimersByTimeAsync(2_000)
    expect(calls.poll).toBe(pollsBefore + 1)
    expect(roomOf(client).seq).toBe(1)
    swallow = false
  })

  it('fails visibly after three minutes, and can be sent again or dropped', async () => {
    const { client, network, server } = await openReady()
    network.requests = 'lost'
    const first = client.send({ kind: 'chat.send', text: 'one' })
    const second = client.send({ kind: 'chat.send', text: 'two' })
    await vi.advanceTimersByTimeAsync(400_000)
    expect(await first).toMatchObject({ ok: false, code: 'unavailable' })
    expect(await second).toMatchObject({ ok: false, code: 'unavailable' })
    expect(texts(client)).toEqual(['one (failed)', 'two (failed)'])
    network.requests = 'fine'
    const [one, two] = roomOf(client).messages
    if (one?.delivery !== 'failed' || two?.delivery !== 'failed') throw new Error('Both should have failed.')
    client.discardMessage(one.commandId)
    client.retryMessage(two.commandId)
    await aMoment()
    expect(texts(client)).toEqual(['two (sent)'])
    expect(server.rows.messages.map(({ text }) => text)).toEqual(['two'])
  })

  it('survives a reload', async () => {
    const { store, comeBack, server } = await leaveUnsettled('unanswered')
    const after = await comeBack()
    await aMoment()
    expect(texts(after.client)).toEqual(['hola (sent)'])
    expect(server.rows.messages).toHaveLength(1)
    expect(store.length).toBe(0)
  })

  it('goes out by another tab of its author, once, and neither tab loses the other’s', async () => {
    const store = memoryStore()
    const one = await openReady({ store, tab: 1 })
    const two = await openReady({ store, server: one.server, tab: 2 })
    one.network.requests = 'lost'
    two.network.requests = 'lost'
    void one.client.send({ kind: 'chat.send', text: 'one' })
    void two.client.send({ kind: 'chat.send', text: 'two' })
    await aMoment()
    expect(store.length).toBe(2)
    const three = await openReady({ store, server: one.server, tab: 3 })
    await aMoment()
    expect(texts(three.client)).toEqual(['one (sent)', 'two (sent)'])
    one.network.requests = 'fine'
    two.network.requests = 'fine'
    await vi.advanceTimersByTimeAsync(120_000)
    expect(one.server.rows.messages.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(store.length).toBe(0)
  })

  it('is not sent any more by whoever comes back late, but shown, to be sent again or dropped', async () => {
    const store = memoryStore()
    const before = await openReady({ store })
    before.network.requests = 'lost'
    const itemId = before.server.add(bruno)
    void before.client.send({ kind: 'chat.send', text: 'one' })
    void before.client.send({ kind: 'chat.send', text: 'two' })
    void before.client.send({ kind: 'queue.vote', itemId, voted: true })
    await aMoment()
    before.client.destroy()
    await vi.advanceTimersByTimeAsync(240_000)
    const after = await openReady({ store, server: before.server })
    await aMoment()
    expect(texts(after.client)).toEqual(['one (failed)', 'two (failed)'])
    expect(after.calls.send).toBe(0)
    const [one, two] = roomOf(after.client).messages
    if (one?.delivery !== 'failed' || two?.delivery !== 'failed') throw new Error('Both should have failed.')
    expect(one.at).toBe(1_000_010)
    after.client.discardMessage(one.commandId)
    after.client.retryMessage(two.commandId)
    await aMoment()
    expect(texts(after.client)).toEqual(['two (sent)'])
    expect(store.length).toBe(0)
  })

  it('that arrived without its author’s knowing is not shown as failed', async () => {
    const { comeBack } = await leaveUnsettled('unanswered')
    await vi.advanceTimersByTimeAsync(240_000)
    const after = await comeBack()
    expect(texts(after.client)).toEqual(['hola (sent)'])
  })

  it('is forgotten where nobody came back for half a day', async () => {
    const { store, comeBack } = await leaveUnsettled('lost')
    await vi.advanceTimersByTimeAsync(13 * 3_600_000)
    const after = await comeBack()
    expect(texts(after.client)).toEqual([])
    expect(store.length).toBe(0)
  })
})

describe('a vote of one’s own', () => {
  const votesOf = (client: SessionClient) => roomOf(client).queue.map(({ votes, voted }) => [votes, voted])

  it('counts at once and never twice', async () => {
    const { client, server } = await openReady()
    const itemId = server.add(bruno)
    const seen = new Set<string>()
    client.subscribe(() => seen.add(JSON.stringify(votesOf(client))))
    await client.send({ kind: 'queue.vote', itemId, voted: true })
    await aMoment()
    server.vote(bruno, itemId, true)
    expect(votesOf(client)).toEqual([[2, true]])
    expect([...seen]).toEqual(['[[1,true]]', '[[2,true]]'])
  })

  it('stays counted between its acknowledgement and the tallies', async () => {
    const late: Envelope[] = []
    const { client, server, line } = openFakeSession({
      server: createFakeSession((envelope) => void late.push(envelope)),
    })
    const itemId = server.add(bruno)
    await aMoment()
    await client.send({ kind: 'queue.vote', itemId, voted: true })
    expect(votesOf(client)).toEqual([[1, true]])
    for (const envelope of late) line.deliver(envelope)
    expect(votesOf(client)).toEqual([[1, true]])
  })

  it('outlives a snapshot that was taken before it and arrives after its acknowledgement', async () => {
    const { client, server, network } = await openReady()
    const itemId = server.add(bruno)
    const { promise, resolve } = Promise.withResolvers<void>()
    network.held = promise
    server.restart()
    server.ping()
    await aMoment()
    network.held = Promise.resolve()
    expect(await client.send({ kind: 'queue.vote', itemId, voted: true })).toMatchObject({ ok: true })
    resolve()
    await aMoment()
    expect(roomOf(client).connection.status).toBe('live')
    expect(votesOf(client)).toEqual([[1, true]])
  })

  it('can be taken back before the server answered', async () => {
    const { client, server } = await openReady()
    const itemId = server.add(bruno)
    void client.send({ kind: 'queue.vote', itemId, voted: true })
    void client.send({ kind: 'queue.vote', itemId, voted: false })
    expect(votesOf(client)).toEqual([[0, false]])
    await aMoment()
    expect(votesOf(client)).toEqual([[0, false]])
    expect(server.rows.tallies.votes).toEqual({})
  })

  it('goes when it is refused', async () => {
    const { client, server } = await openReady()
    const itemId = server.add(bruno)
    server.vote(bruno, itemId, true)
    server.next()
    expect(roomOf(client).queue).toEqual([])
    const other = server.add(bruno)
    const sent = client.send({ kind: 'queue.vote', itemId: other, voted: true })
    server.next()
    server.add(bruno)
    expect(await sent).toMatchObject({ ok: false, code: 'stale' })
    expect(votesOf(client)).toEqual([[0, false]])
  })
})
