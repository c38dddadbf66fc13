import type { Cell } from './plan.ts'
import type { CellResult } from './run-cell.ts'

export type Measured = Cell & { result: CellResult }

/** The ratio of CPU per chat message delivered to that of a peer with as many readers and messages; null without it. */
function cpuRatio(
  measured: Measured,
  peer: string,
  all: Measured[],
  figure: 'cpuUsPerDelivery' | 'fanOutCpuUsPerDelivery' = 'cpuUsPerDelivery',
): number | null {
  const other = all.find(
    ({ system, plan }) =>
      system.kind === 'peer' &&
      system.peer === peer &&
      plan.readers === measured.plan.readers &&
      plan.chatPerSecond === measured.plan.chatPerSecond,
  )
  return other ? measured.result[figure] / other.result[figure] : null
}

/** What came out of one cell, told as soon as it is measured: a whole run takes more than an hour. */
export function inShort({ p50Ms, p95Ms, p99Ms, delivered, expected, cpuUsPerDelivery }: CellResult): string {
  const latencies = [p50Ms, p95Ms, p99Ms].map((latency) => latency.toFixed(0)).join('/')
  return `${latencies} ms, ${delivered}/${expected}, ${cpuUsPerDelivery.toFixed(1)} us CPU a delivery`
}

/** One object for the last line of the run, each cell under its key. */
export function toJson(all: Measured[]): string {
  const round = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100)
  const cells = all.map((measured) => {
    const { name: _name, errors, ...result } = measured.result
    const figures = {
      ...result,
      cpuVsSocketIo: cpuRatio(measured, 'socket.io', all),
      cpuVsFloor: cpuRatio(measured, 'bare-sse', all),
      cpuVsRawWs: cpuRatio(measured, 'ws', all),
      fanOutCpuVsSocketIo: cpuRatio(measured, 'socket.io', all, 'fanOutCpuUsPerDelivery'),
      fanOutCpuVsFloor: cpuRatio(measured, 'bare-sse', all, 'fanOutCpuUsPerDelivery'),
    }
    const rounded = Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? value : round(value),
    ])
    return [measured.key, { ...Object.fromEntries(rounded), errors }]
  })
  return JSON.stringify(Object.fromEntries(cells))
}

const columns = [
  'system',
  'readers',
  'chat/s',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'delivered/expected',
  'us CPU a delivery',
  '(fan-out alone)',
  '(whole stack)',
  'kB a connection',
  'x floor',
  'x ws',
  'x Socket.IO',
  "others' CPU",
]

/** A Markdown table with a line for each cell. */
export function toTable(all: Measured[]): string {
  const rows = all.map((measured) => {
    const { result } = measured
    const ratio = (peer: string) => cpuRatio(measured, peer, all)?.toFixed(2) ?? ''
    return [
      result.name,
      String(result.readers),
      String(result.chatPerSecond),
      result.p50Ms.toFixed(1),
      result.p95Ms.toFixed(1),
      result.p99Ms.toFixed(1),
      `${result.delivered}/${result.expected}`,
      result.cpuUsPerDelivery.toFixed(1),
      result.fanOutCpuUsPerDelivery.toFixed(1),
      result.stackCpuUsPerDelivery.toFixed(1),
      result.kBPerConnection.toFixed(1),
      ratio('bare-sse'),
      ratio('ws'),
      ratio('socket.io'),
      `${(result.othersCpuShare * 100).toFixed(0)} %${result.isContended ? ' contended' : ''}`,
    ]
  })
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...rows.map((row) => row[i]?.length ?? 0)),
  )
  const line = (cells: string[]) => `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
