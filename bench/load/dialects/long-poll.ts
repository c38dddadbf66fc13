import { z } from 'zod'
import { pollWaitMaxInMs } from '#lib/protocol/stream.ts'
import type { Dialect } from './dialect.ts'
import { getRequest, readHead, takeChunks } from './http-bytes.ts'

const answer = z.object({
  to: z.number(),
  state: z
    .object({
      playback: z.object({ rev: z.number() }),
      tallies: z.object({ rev: z.number() }),
      dj: z.object({ rev: z.number() }),
    })
    .partial()
    .optional(),
})

/** One held request after another on one connection; the cursor and the known revisions come from the last answer. */
export const longPoll: Dialect = (spec, { send, onOpen, onEnvelope, onError }) => {
  let bytes: Buffer = Buffer.alloc(0)
  let ownToken: string | undefined
  let isOpen = false
  let { after = 0 } = spec
  const revs = { playback: 0, tallies: 0, dj: 0 }

  const ask = (): void => {
    const query = new URLSearchParams({
      after: String(after),
      waitInMs: String(isOpen ? pollWaitMaxInMs : 0),
      revs: `${revs.playback}.${revs.tallies}.${revs.dj}`,
    })
    send(getRequest(`${spec.path}?${query}`, spec.port, { Authorization: ownToken && `Bearer ${ownToken}` }))
  }
  const take = (body: string): void => {
    const envelope = JSON.parse(body)
    const { to, state = {} } = answer.parse(envelope)
    after = to
    for (const name of ['playback', 'tallies', 'dj'] as const) revs[name] = state[name]?.rev ?? revs[name]
    if (!isOpen) onOpen()
    isOpen = true
    onEnvelope(envelope)
    ask()
  }

  return {
    begin: (token) => {
      ownToken = token
      ask()
    },
    push: (received) => {
      bytes = Buffer.concat([bytes, received])
      const head = readHead(bytes)
      if (!head) return
      const body = bytes.subarray(head.length)
      const length = /content-length: (\d+)/.exec(head.text)?.[1]
      const { content, ended } = length
        ? { content: [body], ended: body.length >= Number(length) }
        : takeChunks(body)
      if (!ended) return
      bytes = Buffer.alloc(0)
      const text = Buffer.concat(content).toString('utf8')
      if (head.status === 200) take(text)
      else onError(`${head.status} ${text}`)
    },
    isAtBoundary: () => false,
  }
}
