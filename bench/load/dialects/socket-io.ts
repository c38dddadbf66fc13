import type { Dialect } from './dialect.ts'
import { converse } from './websocket.ts'
import { clientFrame } from './websocket-bytes.ts'

/** Engine.IO 4 packets: 0 open, 2 ping, 3 pong, 4 message; Socket.IO 5 packets inside: 0 connect, 2 event. */
export const socketIo: Dialect = (spec, listener) => {
  let isOpen = false
  return converse(spec, listener, {
    isOpen: () => isOpen,
    onText: (text) => {
      if (text.startsWith('0')) listener.send(clientFrame('40'))
      else if (text === '2') listener.send(clientFrame('3'))
      else if (text.startsWith('42')) {
        if (!isOpen) listener.onOpen()
        isOpen = true
        listener.onEnvelope(JSON.parse(text.slice(2))[1])
      } else if (!text.startsWith('40')) listener.onError(text)
    },
  })
}
