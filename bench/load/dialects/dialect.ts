/** How a reader speaks with one kind of server over a bare socket. */
export type Dialect = (spec: ReaderSpec, listener: DialectListener) => Conversation

/** All readers of a load, as data that travels to its process. */
export type ReaderSpec = {
  dialect: 'sse' | 'long-poll' | 'websocket' | 'socket.io' | 'realtime'
  port: number
  path: string
  sessionId: string
  /** A token for each reader, where the server asks for one. */
  tokens?: string[]
  /** Where long-polling begins: the newest `seq`. */
  after?: number
  /** Where the app hears that the readers are here, and a cookie for each of them; peers ask for no such thing. */
  signs?: { port: number; cookies: string[] }
  /** With how many in the room, where others enter elsewhere; as many as enter when absent. */
  hereCount?: number
  /** A cookie for each reader that first joins and loads the snapshot, as whoever opens the page does. */
  cookies?: string[]
}

export type DialectListener = {
  send: (bytes: string | Buffer) => void
  /** The server has let the reader in: from now on messages are owed to it. */
  onOpen: () => void
  /** JSON of an envelope, or of something around it that `unwrap` knows. */
  onEnvelope: (envelope: unknown) => void
  /** The server refused or said something that it should not. */
  onError: (why: string) => void
}

export type Conversation = {
  /** The first bytes from us. */
  begin: (token: string | undefined) => void
  push: (bytes: Buffer) => void
  /** Whether nothing unfinished is held, so that bytes already understood may be skipped. */
  isAtBoundary: () => boolean
  /** Says that we are still here, every 20 s, where the protocol wants it. */
  keepAlive?: () => void
}
