import { describe, expect, it, vi } from 'vitest'
import type { Envelope } from '#lib/protocol/envelope.ts'
import type { PollQuery } from '#lib/protocol/stream.ts'
import { encodeFrame } from '../hub/encode-frame.ts'
import { HeldPoll } from './held-poll.ts'

const id = '00000000-0000-4000-8000-000000000001'
const grant = { userId: id, expiresAtInMs: 0, accessToken: '' }

function frame(seq: number, rest: Partial<Envelope> = {}) {
  return encodeFrame({ v: 1, sid: id, epoch: id, from: seq, to: seq, items: [], sentAt: 0, ...rest })
}

function open(query: Partial<PollQuery> = {}) {
  const onNews = vi.fn()
  return { onNews, poll: new HeldPoll(grant, { after: 3, waitInMs: 1_000, ...query }, onNews) }
}

const tallies = (rev: number): Partial<Envelope> => ({ state: { tallies: { rev, votes: {} } } })

describe('HeldPoll', () => {
  it('whose time is over before it has heard anything is answered with the first it hears', async () => {
    const { poll, onNews } = open()
    poll.answer()
    const first = frame(3)
    poll.send(first)
    expect(await poll.ended).toEqual({ kind: 'silence', envelope: first.envelope })
    expect(onNews).not.toHaveBeenCalled()
  })

  it('takes for news what is newer than the first frame where it does not say what it knows', () => {
    const { poll, onNews } = open()
    poll.send(frame(3, { ...tallies(5), presence: { count: 1, userIds: [id] } }))
    poll.send(frame(3, tallies(5)))
    poll.send(frame(3, tallies(4)))
    expect(onNews).not.toHaveBeenCalled()
    poll.send(frame(3, tallies(6)))
    expect(onNews).toHaveBeenCalledExactlyOnceWith(poll)
  })

  it('says who is here when its time is over, though a heartbeat was the last that it heard', async () => {
    const { poll } = open()
    const presence = { count: 2, userIds: [id] }
    poll.send(frame(3, { ...tallies(5), presence }))
    poll.send(frame(3, tallies(5)))
    poll.answer()
    expect(await poll.ended).toMatchObject({ kind: 'silence', envelope: { ...tallies(5), presence } })
  })

  it.each([
    [2, 0],
    [1, 1],
    [undefined, 0],
  ])('takes who came before it for news where it knows of %s', (here, times) => {
    const { poll, onNews } = open(here === undefined ? {} : { here })
    poll.send(frame(3, { presence: { count: 2, userIds: [id] } }))
    expect(onNews).toHaveBeenCalledTimes(times)
  })

  it('gathers news until it is answered', async () => {
    const { poll, onNews } = open({ revs: { playback: 0, tallies: 0, dj: 0 } })
    const frames = [frame(3, tallies(1)), frame(3, { reactions: { '🔥': 2 } })]
    for (const each of frames) expect(poll.send(each)).toBe(true)
    expect(onNews).toHaveBeenCalledTimes(2)
    poll.bye({ reason: 'shutdown', retryInMs: 0 })
    expect(await poll.ended).toEqual({ kind: 'news', frames, presence: undefined })
  })

  it.each([2, 4])('leaves a cursor that the hub is at odds with to the log (%i)', async (seq) => {
    const { poll } = open()
    poll.send(frame(seq))
    expect(await poll.ended).toEqual({ kind: 'ask_the_log' })
  })
})
