import type { AppWay } from '../app/app-target.ts'
import type { PeerName } from '../peers/start-peer.ts'
import type { CellPlan } from './run-cell.ts'

export type System = { kind: 'app'; way: AppWay } | { kind: 'peer'; peer: PeerName }

/** A line of the table; `key` is its name in the JSON. */
export type Cell = { key: string; system: System; plan: CellPlan }

export type Size = 'quick' | 'default' | 'all'

const peers: PeerName[] = ['bare-sse', 'ws', 'socket.io']
const names = {
  sse: 'sse',
  websocket: 'websocket',
  'long-poll': 'longPoll',
  'bare-sse': 'floor',
  ws: 'rawWs',
  'socket.io': 'socketIo',
} as const satisfies Record<AppWay | PeerName, string>

/** What everybody hears at the same time: reactions of a lively room, and the DJ's heartbeat (`limits`). */
const beside = { reactionsPerSecond: 50, heartbeatEveryMs: 5_000 }

function cell(system: System, readers: number, chatPerSecond: number, durationInMs: number): Cell {
  const name = names[system.kind === 'app' ? system.way : system.peer]
  const size = readers >= 1000 ? `${readers / 1000}k` : String(readers)
  const rate = chatPerSecond === 5 ? '' : `At${chatPerSecond}`
  const warmUpInMs = Math.min(5_000, durationInMs)
  return {
    key: `${name}${size}${rate}`,
    system,
    plan: { ...beside, readers, chatPerSecond, durationInMs, warmUpInMs },
  }
}

function withPeers(readers: number, chatPerSecond: number, durationInMs: number): Cell[] {
  const systems: System[] = [
    { kind: 'app', way: 'sse' },
    ...peers.map((peer): System => ({ kind: 'peer', peer })),
  ]
  return systems.map((system) => cell(system, readers, chatPerSecond, durationInMs))
}

/** The cells of a run, in order; a system's peers follow it. */
export function planCells(size: Size): Cell[] {
  if (size === 'quick') return withPeers(200, 5, 5_000)
  if (size === 'default') return withPeers(10_000, 5, 20_000)
  const rates = [1, 5, 10]
  const ways: AppWay[] = ['websocket', 'long-poll']
  return [1_000, 5_000, 10_000].flatMap((readers) =>
    rates.flatMap((rate) => [
      ...withPeers(readers, rate, 20_000),
      ...ways
        .filter((way) => way !== 'long-poll' || readers === 1_000)
        .map((way) => cell({ kind: 'app', way }, readers, rate, 20_000)),
    ]),
  )
}
