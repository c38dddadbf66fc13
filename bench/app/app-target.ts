import { reactionEmojis } from '#lib/domain/limits/limits.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import type { Target } from '../cell/target.ts'
import type { ReaderSpec } from '../load/dialects/dialect.ts'
import { processTree } from '../measure/processes.ts'
import { openRoom } from './open-room.ts'
import { startServer } from './start-server.ts'
import type { Supabase } from './start-supabase.ts'

export type AppWay = 'sse' | 'long-poll' | 'websocket'

/** Enough that nobody comes near the limits for one person: 20 messages in 30 s, 10 reactions in 5 s. */
const chattingPeople = 60
const reactingPeople = 120

/** The product itself, listened to by one of its ways, in a session of its own. */
export async function startAppTarget(
  supabase: Supabase,
  people: [SeededPerson, ...SeededPerson[]],
  way: AppWay,
): Promise<Target> {
  const server = await startServer(supabase)
  try {
    const room = await openRoom(supabase, server.port, people)
    const [, ...listeners] = people
    const turn = (among: number) => {
      let next = 0
      return (): SeededPerson => listeners[next++ % Math.min(among, listeners.length)] ?? people[0]
    }
    const [nextToChat, nextToReact] = [turn(chattingPeople), turn(reactingPeople)]
    const base = `/api/sessions/${room.sessionId}`
    const tokens = listeners.map(({ accessToken }) => accessToken)
    const { sessionId } = room
    const signs = { port: server.port, cookies: listeners.map(({ cookie }) => cookie) }
    const readers: Record<AppWay, ReaderSpec> = {
      sse: { dialect: 'sse', port: server.port, path: `${base}/events`, sessionId, tokens, signs },
      'long-poll': {
        dialect: 'long-poll',
        port: server.port,
        path: `${base}/poll`,
        sessionId,
        tokens,
        signs,
      },
      websocket: {
        dialect: 'realtime',
        port: Number(new URL(supabase.url).port),
        path: `/realtime/v1/websocket?apikey=${supabase.publishableKey}&vsn=1.0.0`,
        sessionId,
        tokens,
        signs,
      },
    }
    const app = (): number[] => processTree(server.pid)
    // Asked for each time: PostgreSQL starts a process a connection.
    const supabasePids = (): number[] => processTree(supabase.pid)
    const postgresPids = (): number[] => supabasePids().filter((pid) => pid !== supabase.pid)
    const isByRealtime = way === 'websocket'
    return {
      name: `app ${way}`,
      readers: async () => ({ ...readers[way], after: await room.seq() }),
      sendChat: (text) => room.command(nextToChat(), { kind: 'chat.send', text }),
      react: () =>
        room.command(nextToReact(), {
          kind: 'react',
          emoji: reactionEmojis[Math.floor(Math.random() * reactionEmojis.length)] ?? reactionEmojis[0],
        }),
      beat: room.beat,
      fanOutPids: () => (isByRealtime ? [supabase.pid] : app()),
      supportPids: () => (isByRealtime ? [...postgresPids(), ...app()] : supabasePids()),
      stop: server.stop,
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
