import type { ReaderSpec } from '../load/dialects/dialect.ts'

/** What is measured: a server with one room, the way to listen to it and the way to speak in it. */
export type Target = {
  name: string
  readers: () => Promise<ReaderSpec>
  /** Resolves when the message is acknowledged. */
  sendChat: (text: string) => Promise<void>
  react: () => Promise<void>
  beat: () => Promise<void>
  /** The processes that hold the readers, and those that stand behind them. */
  fanOutPids: () => number[]
  supportPids: () => number[]
  stop: () => Promise<void>
}
