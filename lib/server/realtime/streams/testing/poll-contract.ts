import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CatchUp, catchUpSchema, type Envelope } from '#lib/protocol/envelope.ts'
import { errorBodySchema } from '#lib/protocol/errors.ts'
import { until } from './read-stream.ts'
import { refusedUrl, whoIsRefused } from './refused.ts'
import { openStreamWorld, type StreamForm, type StreamWorld } from './stream-world.ts'

const long = 'waitInMs=25000'

/** What holds for `GET /api/sessions/[id]/poll`, whichever way it is served. */
export function describePolls(name: string, form: StreamForm): void {
  let world: StreamWorld
  beforeEach(async () => {
    world = await openStreamWorld(form)
  })
  afterEach(() => world.close())

  const parse = async (response: Response): Promise<CatchUp> => {
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    return catchUpSchema.parse(await response.json())
  }
  const ask = async (userId: string, query: string): Promise<CatchUp> =>
    parse(await world.poll(userId, query))
  const codeOf = async (response: Response): Promise<string> =>
    errorBodySchema.parse(await response.json()).error.code

  /** Comes in, which is news of its own, so that the next poll waits. */
  const enterAndSettle = async (): Promise<string> => {
    const userId = world.enter()
    const settled = await ask(userId, `?after=${world.session.seq}&${long}`)
    expect(settled).toMatchObject({ presence: { userIds: expect.arrayContaining([userId]) } })
    return userId
  }

  /** Starts a poll that waits. */
  const hold = async (userId: string, query: string, signal?: AbortSignal) => {
    const readers = world.counts.readers
    let isAnswered = false
    const response = world.poll(userId, query, signal).finally(() => {
      isAnswered = true
    })
    response.catch(() => {})
    await until(() => expect(world.counts.readers).toBe(readers + 1))
    return { response, answer: () => response.then(parse), isAnswered: () => isAnswered }
  }

  describe(`polls on ${name}`, () => {
    it('are answered from the log when they do not wait', async () => {
      world.session.say('one', 'two')
      world.session.commitUnheard('three')
      expect(textsOf(await ask(world.enter(), '?after=1'))).toEqual(['two', 'three'])
      expect(world.counts.readers).toBe(0)
    })

    it('wait for what follows on their cursor', async () => {
      world.session.say('before')
      const ana = await enterAndSettle()
      const poll = await hold(ana, `?after=1&${long}`)
      // A whole other poll later.
      await ask(ana, '?after=1&waitInMs=50')
      expect(poll.isAnswered()).toBe(false)
      world.session.say('after')
      const answer = await poll.answer()
      expect(textsOf(answer)).toEqual(['after'])
      expect(answer).toMatchObject({ from: 1, to: 2 })
      await until(() => expect(world.counts.readers).toBe(0))
    })

    it('are answered at once where something follows already', async () => {
      const ana = await enterAndSettle()
      world.session.say('one', 'two')
      expect(textsOf(await ask(ana, `?after=1&${long}`))).toEqual(['two'])
    })

    it('bring everything in order, one after the other', async () => {
      const ana = await enterAndSettle()
      const texts = Array.from({ length: 40 }, (_, index) => `message ${index} ñ🎉`)
      const heard: string[] = []
      let cursor = 0
      const reading = (async () => {
        while (heard.length < texts.length) {
          const answer = (await ask(ana, `?after=${cursor}&${long}`)) as Envelope
          expect(answer.from).toBe(cursor)
          cursor = answer.to
          heard.push(...textsOf(answer))
        }
      })()
      for (const text of texts) {
        world.session.say(text)
        await new Promise((resolve) => setImmediate(resolve))
      }
      await reading
      expect(heard).toEqual(texts)
    })

    it('are answered when the state is newer than what they know', async () => {
      const ana = await enterAndSettle()
      world.session.vote()
      expect(await ask(ana, `?after=0&${long}&revs=0.0.0`)).toMatchObject({ state: { tallies: { rev: 1 } } })
      const poll = await hold(ana, `?after=0&${long}&revs=0.1.0`)
      expect(poll.isAnswered()).toBe(false)
      world.session.vote()
      expect(await poll.answer()).toMatchObject({ from: 0, to: 0, state: { tallies: { rev: 2 } } })
    })

    it('are answered by reactions, and by whoever comes', async () => {
      const ana = await enterAndSettle()
      const first = await hold(ana, `?after=0&${long}`)
      world.session.react()
      expect(await first.answer()).toMatchObject({ reactions: { '🔥': 1 } })
      const second = await hold(ana, `?after=0&${long}`)
      const bruno = world.enter()
      const stream = await world.read(bruno)
      expect(await second.answer()).toMatchObject({ presence: { count: 2 } })
      stream.abort()
    })

    it('say that nothing happened when their time is over', async () => {
      world.session.say('one')
      const answer = (await ask(await enterAndSettle(), '?after=1&waitInMs=50')) as Envelope
      expect(answer).toMatchObject({ from: 1, to: 1, items: [], presence: { count: 1 } })
    })

    it('are answered from the log where the hub does not reach back, or has heard of less', async () => {
      const texts = Array.from({ length: 300 }, (_, index) => `message ${index}`)
      world.session.say(...texts)
      const ana = await enterAndSettle()
      expect(textsOf(await ask(ana, `?after=10&${long}`))).toEqual(texts.slice(10))
      world.session.commitUnheard('unheard')
      expect(await ask(ana, `?after=301&${long}`)).toMatchObject({ from: 301, to: 301 })
      expect(await ask(ana, `?after=999&${long}`)).toMatchObject({ reset: true })
      await until(() => expect(world.counts.readers).toBe(0))
    })

    it('are four a person at a time, the newest', async () => {
      const ana = await enterAndSettle()
      const polls = []
      for (const _ of [1, 2, 3, 4]) polls.push(await hold(ana, `?after=0&${long}`))
      const fifth = world.poll(ana, `?after=0&${long}`)
      expect(await polls[0]?.answer()).toMatchObject({ from: 0, to: 0 })
      expect(polls.map(({ isAnswered }) => isAnswered())).toEqual([true, false, false, false])
      world.session.say('hello')
      expect(textsOf(await parse(await fifth))).toEqual(['hello'])
      for (const poll of polls.slice(1)) expect(textsOf(await poll.answer())).toEqual(['hello'])
    })

    it('end at once for whoever is banned', async () => {
      const ana = await enterAndSettle()
      const poll = await hold(ana, `?after=0&${long}`)
      world.session.ban(ana)
      const response = await poll.response
      expect(response.status).toBe(403)
      expect(await codeOf(response)).toBe('banned')
    })

    it('end with what there is when the server does', async () => {
      const poll = await hold(await enterAndSettle(), `?after=0&${long}`)
      await world.hub.close()
      expect(await poll.answer()).toMatchObject({ from: 0, to: 0 })
      const late = await world.poll(world.enter(), `?after=0&${long}`)
      expect(await codeOf(late)).toBe('unavailable')
    })

    it('are given up by whoever goes away', async () => {
      const ana = await enterAndSettle()
      const abort = new AbortController()
      await hold(ana, `?after=0&${long}`, abort.signal)
      abort.abort()
      await until(() => expect(world.counts.readers).toBe(0))
    })

    it.each(whoIsRefused)('refuse %s, whether they wait or not', async (who, status, code) => {
      for (const waitInMs of [0, 1_000]) {
        const { url, headers } = refusedUrl(world, who, 'poll', `&waitInMs=${waitInMs}`)
        const response = await fetch(url, { headers })
        expect(response.status).toBe(status)
        expect(await codeOf(response)).toBe(code)
      }
    })
  })
}

function textsOf(answer: CatchUp): string[] {
  if ('reset' in answer) return []
  return answer.items.flatMap((item) => (item.kind === 'chat.sent' ? item.payload.text : []))
}
