import type { Conversation, Dialect, DialectListener, ReaderSpec } from './dialect.ts'
import { getRequest, readHead } from './http-bytes.ts'
import { clientFrame, opcodes, takeFrames, upgradeHeaders } from './websocket-bytes.ts'

const nothing = Buffer.alloc(0)

/** A WebSocket with some protocol inside. */
export function converse(
  spec: ReaderSpec,
  { send, onError }: DialectListener,
  inside: {
    onUpgraded?: (token: string | undefined) => void
    onText: (text: string) => void
    isOpen: () => boolean
    keepAlive?: () => void
  },
): Conversation {
  let bytes: Buffer = nothing
  let isUpgraded = false
  let ownToken: string | undefined

  return {
    begin: (token) => {
      ownToken = token
      send(getRequest(spec.path, spec.port, upgradeHeaders()))
    },
    push: (received) => {
      bytes = bytes.length > 0 ? Buffer.concat([bytes, received]) : Buffer.from(received)
      if (!isUpgraded) {
        const head = readHead(bytes)
        if (!head) return
        if (head.status !== 101) return onError(bytes.toString('utf8').slice(0, 500))
        isUpgraded = true
        bytes = bytes.subarray(head.length)
        inside.onUpgraded?.(ownToken)
      }
      const { frames, rest } = takeFrames(bytes)
      bytes = rest.length === 0 ? nothing : rest
      for (const { opcode, payload } of frames) {
        if (opcode === opcodes.text) inside.onText(payload.toString('utf8'))
        else if (opcode === opcodes.ping) send(clientFrame(payload, opcodes.pong))
        else if (opcode === opcodes.close) onError('closed by the server')
      }
    },
    isAtBoundary: () => inside.isOpen() && bytes.length === 0,
    keepAlive: inside.keepAlive,
  }
}

/** A bare WebSocket that carries envelopes as text, one a message. */
export const websocket: Dialect = (spec, listener) => {
  let isOpen = false
  return converse(spec, listener, {
    isOpen: () => isOpen,
    onText: (text) => {
      if (!isOpen) listener.onOpen()
      isOpen = true
      listener.onEnvelope(JSON.parse(text))
    },
  })
}
