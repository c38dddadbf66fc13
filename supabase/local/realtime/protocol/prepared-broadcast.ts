import { encodeBroadcast } from './binary-broadcast.ts'
import { type BroadcastPush, encodeText, type Version } from './message.ts'

/** A broadcast with its frames, each made once when the first client needs it. */
export type PreparedBroadcast = {
  /** The id of a stored message, so that one that was replayed is not sent again. */
  id: string | null
  /** Null where the client's version cannot carry it: raw bytes do not fit into JSON. */
  frame: (version: Version) => Buffer | null
}

export function prepareBroadcast(
  topic: string,
  push: BroadcastPush,
  metadata: { id: string; replayed?: true } | null = null,
): PreparedBroadcast {
  const frames = new Map<Version, Buffer | null>()
  const encode = (version: Version) => {
    const binary = version === 2 ? encodeBroadcast(topic, push, metadata) : null
    if (binary || push.encoding === 'binary') return binary
    const meta = metadata ? `,"meta":${JSON.stringify(metadata)}` : ''
    const json = Buffer.from(push.payload.buffer, push.payload.byteOffset, push.payload.byteLength).toString()
    const payload = `{"type":"broadcast","event":${JSON.stringify(push.event)},"payload":${json}${meta}}`
    return encodeText(version, { joinRef: null, ref: null, topic, event: 'broadcast' }, payload)
  }
  return {
    id: metadata?.id ?? null,
    frame(version) {
      let frame = frames.get(version)
      if (frame === undefined) {
        frame = encode(version)
        frames.set(version, frame)
      }
      return frame
    },
  }
}
