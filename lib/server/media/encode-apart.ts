import { fork } from 'node:child_process'
import { type Manifest, type RefusalCode, refusalCodes } from '#lib/protocol/tracks.ts'

/** What a process that encodes says: a file, whose writing it waits for, and at its end a manifest or why there is none. */
export type EncodeMessage =
  | { kind: 'file'; path: string; bytes: Uint8Array }
  | { kind: 'manifest'; manifest: Manifest }
  | { kind: 'refused'; code: RefusalCode; detail: string }
/** The answer to a file. */
export type WrittenMessage = { kind: 'written' }

/** What was to be encoded cannot become a track. */
export class NotEncodableError extends Error {
  override readonly name = 'NotEncodableError'
  readonly code: RefusalCode

  constructor(code: RefusalCode, detail: string) {
    super(detail)
    this.code = code
  }
}

export type EncodeApartOptions = {
  /** A module that speaks `EncodeMessage`. */
  script: string
  args: readonly string[]
  /** Takes each file; the next one is made when it resolves. */
  onFile: (path: string, bytes: Uint8Array) => Promise<void>
  signal: AbortSignal
}

/** Encodes in another process, behind everything else that wants the processor. @throws NotEncodableError */
export function encodeApart({ script, args, onFile, signal }: EncodeApartOptions): Promise<Manifest> {
  return new Promise((resolve, reject) => {
    const child = fork(script, args, {
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=1024'],
      // It needs no secret, so it gets none.
      env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Gently: so it can end what it started. Whatever does not listen loses its parent's channel anyway.
      signal,
    })
    const fail = (error: unknown) => {
      child.kill()
      reject(error)
    }
    child.on('message', (message: EncodeMessage) => {
      if (message.kind === 'manifest') resolve(message.manifest)
      else if (message.kind === 'refused') {
        const code = refusalCodes.find((known) => known === message.code) ?? 'internal'
        reject(new NotEncodableError(code, message.detail))
      } else {
        onFile(message.path, message.bytes).then(
          () => void (child.connected && child.send({ kind: 'written' } satisfies WrittenMessage)),
          fail,
        )
      }
    })
    child.once('error', reject)
    child.once('exit', (code, killedBy) => reject(new Error(`encoding ended with ${killedBy ?? code}`)))
  })
}
