import { once } from 'node:events'
import { setPriority } from 'node:os'
import type { EncodedFile } from '#lib/encoding/encode-rendition.ts'
import type { EncodeMessage } from './encode-apart.ts'

const leastPriority = 19

/** Makes this process one that `encodeApart` has started: behind all others, and gone when its parent is. */
export function becomeEncoder(): {
  /** Resolves when the file was written. */
  sendFile: (file: EncodedFile) => Promise<void>
  /** Says how it ended, and ends. */
  end: (message: Exclude<EncodeMessage, { kind: 'file' }>) => Promise<never>
} {
  setPriority(leastPriority)
  // The parent ended: nobody waits for this.
  process.on('disconnect', () => process.exit())
  process.on('SIGTERM', () => process.exit(1))
  const send = (message: EncodeMessage) =>
    new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()))
  let writing: Promise<unknown> = Promise.resolve()
  return {
    sendFile: ({ path, bytes }) => {
      // Renditions are made side by side, and answers have no names: one file at a time.
      const written = writing.then(async () => {
        const answer = once(process, 'message')
        await send({ kind: 'file', path, bytes })
        await answer
      })
      writing = written
      return written
    },
    end: async (message) => {
      await send(message)
      process.exit()
    },
  }
}
