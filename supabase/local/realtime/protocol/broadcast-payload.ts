import { z } from 'zod'
import type { BroadcastPush } from './message.ts'

const textForm = z.object({ event: z.string(), payload: z.unknown().optional() })

/**
 * Reads the payload of a client's `broadcast` message: of a binary frame, decoded already, or JSON of a text
 * frame. Null when it is neither, or only pretends to be JSON.
 */
export function toBroadcastPush(payload: unknown): BroadcastPush | null {
  if (isBroadcastPush(payload)) {
    return payload.encoding === 'json' && !isJson(payload.payload) ? null : payload
  }
  const parsed = textForm.safeParse(payload)
  if (!parsed.success) return null
  const bytes = Buffer.from(JSON.stringify(parsed.data.payload ?? {}))
  return { event: parsed.data.event, encoding: 'json', payload: bytes }
}

function isBroadcastPush(payload: unknown): payload is BroadcastPush {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    'payload' in payload &&
    payload.payload instanceof Uint8Array
  )
}

/** What is no JSON would be everybody's error, not only the sender's. */
function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString())
    return true
  } catch {
    return false
  }
}
