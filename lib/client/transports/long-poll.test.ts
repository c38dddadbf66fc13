import { describe, expect, it, vi } from 'vitest'
import { createLongPoll } from './long-poll.ts'
import { fakeWorld, inFakeTime, openOnFake } from './testing/fake-world.ts'
import { describeTransport } from './testing/transport-contract.ts'

const openWorld = async () =>
  fakeWorld(createLongPoll, (fake) => ({
    ban: async () => {
      fake.refuse('banned')
      fake.say()
    },
  }))
describeTransport('over long-polling', openWorld, ['ban'])

describe('createLongPoll', () => {
  const { wait } = inFakeTime()
  const open = (cursor: number | null = 0) => openOnFake(createLongPoll, cursor)

  it('asks for a quick answer first, then lets the server wait', async () => {
    const { statuses, requests, known, say } = open()
    await wait(10)
    expect(statuses()).toEqual(['connecting', 'open'])
    known.rev = 7
    say()
    await wait(10)
    expect(requests.map(({ path }) => path.split('?')[1])).toEqual([
      'after=0&waitInMs=1&revs=4.5.6',
      'after=0&waitInMs=25000&revs=4.5.6&here=1',
      'after=1&waitInMs=25000&revs=7.5.6&here=1',
    ])
  })

  it('asks again at once after a silent wait, and only then', async () => {
    const { requests } = open()
    await wait(5_000)
    expect(requests).toHaveLength(2)
    await wait(21_000)
    expect(requests).toHaveLength(3)
  })

  it.each([200, 401, 403, 407, 500])(
    'takes no page of a hotel for an answer of ours (%i)',
    async (status) => {
      const { line, cut, statuses, refusals } = open()
      await wait(10)
      line.isHtml = true
      line.htmlStatus = status
      cut()
      await wait(5_000)
      line.isHtml = false
      await wait(5_000)
      expect(statuses()).toEqual(['connecting', 'open', 'down', 'open'])
      expect(refusals).toEqual([])
    },
  )

  it('waits for the snapshot, since it has nothing to ask from', async () => {
    const { requests, known, statuses } = open(null)
    await wait(2_000)
    expect(requests).toHaveLength(0)
    known.cursor = 0
    await wait(150)
    expect(statuses()).toEqual(['connecting', 'open'])
  })

  it('is not answered in circles', async () => {
    const { say, known, requests } = open()
    await wait(10)
    say()
    // Something keeps the cursor where it was.
    const asked = requests.length
    const freeze = setInterval(() => {
      known.cursor = 0
    }, 1)
    await wait(10_000)
    clearInterval(freeze)
    expect(requests.length - asked).toBeLessThan(20)
  })

  it('notices an answer that never comes', async () => {
    const { line, statuses } = open()
    await wait(10)
    line.isStalled = true
    await wait(32_000)
    expect(statuses()).toEqual(['connecting', 'open'])
    await wait(2_000)
    expect(statuses()).toEqual(['connecting', 'open', 'down'])
    line.isStalled = false
    await wait(10_000)
    expect(statuses().at(-1)).toBe('open')
  })

  it('looks after waking whether anybody still answers', async () => {
    const { line, stream, statuses } = open()
    await wait(10)
    line.isStalled = true
    stream.check('woke')
    await wait(3_100)
    expect(statuses()).toEqual(['connecting', 'open', 'down'])
  })

  it('renews its token once, and gives up when that does not help', async () => {
    const { auth, cut, refusals, statuses } = open()
    await wait(10)
    auth.isTokenGood = false
    cut()
    await wait(1_000)
    expect(statuses().at(-1)).toBe('open')
    auth.isTokenGood = false
    auth.renewsTo = false
    cut()
    await wait(1_000)
    expect(refusals).toEqual(['not_signed_in'])
  })

  it('goes on trying while the server is away', async () => {
    const { line, cut, statuses, requests } = open()
    await wait(10)
    line.isUnreachable = true
    cut()
    await wait(60_000)
    expect(statuses()).toEqual(['connecting', 'open', 'down'])
    expect(requests.length).toBeLessThan(25)
    line.isUnreachable = false
    await wait(15_000)
    expect(statuses().at(-1)).toBe('open')
  })

  it('leaves nothing behind', async () => {
    const { stream, heldPolls } = open()
    await wait(10)
    stream.close()
    await wait(10)
    expect(heldPolls()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
