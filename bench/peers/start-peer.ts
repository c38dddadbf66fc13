import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { reactionEmojis } from '#lib/domain/limits/limits.ts'
import type { Target } from '../cell/target.ts'
import type { ReaderSpec } from '../load/dialects/dialect.ts'
import { requestJson } from '../request-json.ts'

const peers = {
  'bare-sse': { dialect: 'sse', path: '/' },
  ws: { dialect: 'websocket', path: '/' },
  'socket.io': { dialect: 'socket.io', path: '/socket.io/?EIO=4&transport=websocket' },
} as const satisfies Record<string, Pick<ReaderSpec, 'dialect' | 'path'>>

export type PeerName = keyof typeof peers

export async function startPeer(name: PeerName): Promise<Target> {
  const child = fork(path.join(import.meta.dirname, 'peer-process.ts'), [name], { detached: true })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const post = async (body: object): Promise<void> => {
    await requestJson({ port, path: '/room', body })
  }
  let reactions = 0
  return {
    name,
    readers: async () => ({ ...peers[name], port, sessionId: '' }),
    sendChat: (text) => post({ kind: 'chat', text }),
    react: () => post({ kind: 'reaction', emoji: reactionEmojis[reactions++ % reactionEmojis.length] }),
    beat: () => post({ kind: 'heartbeat' }),
    fanOutPids: () => [child.pid ?? 0],
    supportPids: () => [],
    stop: async () => {
      if (!child.connected) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
