import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { reactionEmojis } from '#lib/domain/limits/limits.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'

const post = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('chat'), text: z.string() }),
  z.object({ kind: z.literal('reaction'), emoji: z.enum(reactionEmojis) }),
  z.object({ kind: z.literal('heartbeat') }),
])

export type PeerRoom = {
  /** What a reader hears first: where the room stands. */
  greeting: () => Envelope
  /** `POST /room`: what people send, as to the app. */
  handlePost: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/**
 * A session without a database, the same for all peers: counts events, makes of each message an envelope like SQL's,
 * sends a second's reactions as one, and the playback at each heartbeat of the DJ.
 */
export function createPeerRoom(broadcast: (envelope: Envelope) => void): PeerRoom {
  const sid = randomUUID()
  const epoch = randomUUID()
  const itemIds = { current: randomUUID(), next: randomUUID() }
  let seq = 0
  let rev = 0
  let reactions: NonNullable<Envelope['reactions']> = {}

  const empty = (): Envelope => ({ v: 1, sid, epoch, from: seq, to: seq, items: [], sentAt: Date.now() })
  const chat = (message: string): void => {
    const [id, by, at, from] = [randomUUID(), randomUUID(), Date.now(), seq++]
    const payload = { id, at, text: message, authorId: by, authorName: 'Listener 123' }
    broadcast({
      ...empty(),
      from,
      items: [{ seq, at, by, kind: 'chat.sent', payload, commandId: id }],
    })
  }
  const heartbeat = (): void => {
    rev++
    const at = Date.now()
    broadcast({
      ...empty(),
      state: {
        dj: { rev, presentUntil: at + 15_000, positionInMs: 60_000 },
        tallies: { rev: 0, votes: {} },
        playback: {
          rev: 1,
          status: 'playing',
          current: {
            itemId: itemIds.current,
            trackId: itemIds.current,
            durationInMs: 300_000,
            startsAtInMs: at,
          },
          next: {
            itemId: itemIds.next,
            trackId: itemIds.next,
            durationInMs: 300_000,
            startsAtInMs: at + 300_000,
          },
        },
      },
    })
  }
  setInterval(() => {
    if (Object.keys(reactions).length === 0) return
    broadcast({ ...empty(), reactions })
    reactions = {}
  }, 1000)

  return {
    greeting: empty,
    handlePost: async (request, response) => {
      const sent = post.parse(JSON.parse(await text(request)))
      if (sent.kind === 'chat') chat(sent.text)
      else if (sent.kind === 'reaction') reactions[sent.emoji] = (reactions[sent.emoji] ?? 0) + 1
      else heartbeat()
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ seq: sent.kind === 'chat' ? seq : null }))
    },
  }
}
