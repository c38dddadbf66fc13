import type { Dialect, ReaderSpec } from './dialect.ts'
import { longPoll } from './long-poll.ts'
import { realtime } from './realtime.ts'
import { socketIo } from './socket-io.ts'
import { sse } from './sse.ts'
import { websocket } from './websocket.ts'

export const dialects: Readonly<Record<ReaderSpec['dialect'], Dialect>> = {
  sse,
  'long-poll': longPoll,
  websocket,
  'socket.io': socketIo,
  realtime,
}
