import type { BroadcastPush, Message } from './message.ts'
import { BINARY, encodeWebSocketFrame } from './websocket-frame.ts'

const USER_BROADCAST_PUSH = 3
const USER_BROADCAST = 4
const JSON_ENCODING = 1
/** Lengths are single bytes. */
const MAX_PART = 255

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a client's broadcast:
 * `3 | joinRef, ref, topic, event, metadata lengths | encoding | those five | payload`.
 * Null when the frame is cut off, is no such frame or is not UTF-8.
 */
export function decodeBroadcastPush(bytes: Uint8Array): Message | null {
  if (bytes[0] !== USER_BROADCAST_PUSH || bytes.byteLength < 7) return null
  const lengths = bytes.subarray(1, 6)
  let offset = 7
  const parts: string[] = []
  for (const length of lengths) {
    if (offset + length > bytes.byteLength) return null
    const part = tryUtf8(bytes.subarray(offset, offset + length))
    if (part === null) return null
    parts.push(part)
    offset += length
  }
  const [joinRef = '', ref = '', topic = '', event = ''] = parts
  const payload: BroadcastPush = {
    event,
    encoding: bytes[6] === JSON_ENCODING ? 'json' : 'binary',
    payload: bytes.subarray(offset),
  }
  return { joinRef: joinRef || null, ref: ref || null, topic, event: 'broadcast', payload }
}

/**
 * A broadcast for clients as a ready WebSocket frame: `4 | topic, event, metadata lengths | encoding | those
 * three | payload`. Null when a part is too long for its length byte.
 */
export function encodeBroadcast(topic: string, push: BroadcastPush, metadata: object | null): Buffer | null {
  const parts = [topic, push.event, metadata ? JSON.stringify(metadata) : ''].map((part) => Buffer.from(part))
  if (parts.some((part) => part.byteLength > MAX_PART)) return null
  const encoding = push.encoding === 'json' ? JSON_ENCODING : 0
  const head = Buffer.from([USER_BROADCAST, ...parts.map((part) => part.byteLength), encoding])
  return encodeWebSocketFrame(BINARY, Buffer.concat([head, ...parts, push.payload]))
}

function tryUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}
