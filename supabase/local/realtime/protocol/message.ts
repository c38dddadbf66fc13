import { z } from 'zod'
import { decodeBroadcastPush } from './binary-broadcast.ts'
import { encodeWebSocketFrame, TEXT } from './websocket-frame.ts'

/** The serializer a client asks for with `vsn`: 1.0.0 sends objects, 2.0.0 arrays and binary broadcasts. */
export type Version = 1 | 2

/** A message of the Phoenix channels protocol. */
export type Message = {
  joinRef: string | null
  ref: string | null
  topic: string
  event: string
  payload: unknown
}

/** What a client broadcasts: `payload` holds the bytes of the JSON text, or raw bytes. */
export type BroadcastPush = { event: string; encoding: 'json' | 'binary'; payload: Uint8Array }

const reference = z.union([z.string(), z.number().transform(String)]).nullish()
const objectForm = z.object({
  topic: z.string(),
  event: z.string(),
  payload: z.unknown().optional(),
  ref: reference,
  join_ref: reference,
})
const arrayForm = z.tuple([reference, reference, z.string(), z.string(), z.unknown()])

/** Reads a text frame; null when it is none of the protocol. */
export function decodeText(version: Version, text: string): Message | null {
  const json = tryJson(text)
  if (version === 1) {
    const parsed = objectForm.safeParse(json)
    if (!parsed.success) return null
    const { topic, event, payload, ref, join_ref } = parsed.data
    return { joinRef: join_ref ?? null, ref: ref ?? null, topic, event, payload }
  }
  const parsed = arrayForm.safeParse(json)
  if (!parsed.success) return null
  const [joinRef, ref, topic, event, payload] = parsed.data
  return { joinRef: joinRef ?? null, ref: ref ?? null, topic, event, payload }
}

/** Reads a binary frame: only broadcasts come that way, with a `BroadcastPush` as their payload. */
export function decodeBinary(version: Version, bytes: Uint8Array): Message | null {
  return version === 2 ? decodeBroadcastPush(bytes) : null
}

type Head = Omit<Message, 'payload'>

/** A text message as a ready WebSocket frame; `payload` is JSON text already. */
export function encodeText(version: Version, { joinRef, ref, topic, event }: Head, payload: string): Buffer {
  const [j, r, t, e] = [joinRef, ref, topic, event].map((part) => JSON.stringify(part))
  const text =
    version === 2
      ? `[${j},${r},${t},${e},${payload}]`
      : `{"topic":${t},"event":${e},"payload":${payload},"ref":${r},"join_ref":${j}}`
  return encodeWebSocketFrame(TEXT, Buffer.from(text))
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
