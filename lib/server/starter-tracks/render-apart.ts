import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Manifest } from '#lib/protocol/tracks.ts'
import type { RenderMessage } from './render-child.ts'

export type RenderedTrack = { manifest: Manifest; files: Map<string, Uint8Array> }

const script = fileURLToPath(new URL('./render-child.ts', import.meta.url))

/** Renders a starter track in another process. Rejects when that fails or the signal ends it. */
export function renderApart(trackId: string, signal: AbortSignal): Promise<RenderedTrack> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [trackId], {
      serialization: 'advanced',
      execArgv: [],
      env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      signal,
    })
    const files = new Map<string, Uint8Array>()
    child.on('message', (message: RenderMessage) => {
      if (message.kind === 'file') files.set(message.path, message.bytes)
      else resolve({ manifest: message.manifest, files })
    })
    child.once('error', reject)
    child.once('exit', (code, killedBy) => reject(new Error(`rendering ended with ${killedBy ?? code}`)))
  })
}
