import type { Dialect } from './dialect.ts'
import { getRequest, readHead, takeChunks } from './http-bytes.ts'

const nothing = Buffer.alloc(0)

/** Server-sent events (WHATWG HTML 9.2) in a chunked response. The first envelope says that the reader is in. */
export const sse: Dialect = (spec, { send, onOpen, onEnvelope, onError }) => {
  let bytes: Buffer = nothing
  let text: Buffer = nothing
  let hasHead = false
  let isOpen = false

  const readEvent = (event: string): void => {
    const field = (name: string) =>
      event
        .split('\n')
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).trimStart())
    const name = field('event')[0] ?? 'message'
    const data = field('data').join('\n')
    if (name === 'bye') onError(`bye: ${data}`)
    if (name !== 'envelope') return
    if (!isOpen) onOpen()
    isOpen = true
    onEnvelope(JSON.parse(data))
  }

  return {
    begin: (token) =>
      send(
        getRequest(spec.path, spec.port, {
          Accept: 'text/event-stream',
          Authorization: token && `Bearer ${token}`,
        }),
      ),
    push: (received) => {
      bytes = bytes.length > 0 ? Buffer.concat([bytes, received]) : Buffer.from(received)
      if (!hasHead) {
        const head = readHead(bytes)
        if (!head) return
        if (head.status !== 200) onError(bytes.toString('utf8').slice(0, 500))
        hasHead = true
        bytes = bytes.subarray(head.length)
      }
      const { content, rest } = takeChunks(bytes)
      bytes = rest
      text = Buffer.concat([text, ...content])
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        readEvent(text.toString('utf8', 0, end))
        text = text.subarray(end + 2)
      }
      if (bytes.length === 0) bytes = nothing
      if (text.length === 0) text = nothing
    },
    isAtBoundary: () => isOpen && bytes.length === 0 && text.length === 0,
  }
}
