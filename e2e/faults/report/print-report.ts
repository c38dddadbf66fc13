import type { ViolationKind } from '../history/check-history.ts'
import type { Reconnection } from '../history/measure-recovery.ts'
import { percentile } from '../history/percentile.ts'
import { strikeKinds } from '../plan/plan-strikes.ts'
import type { Outcome } from '../session/run-seed.ts'

type SeedOutcome = { seed: number; outcome: Outcome }

/** What a run comes to; printed as its last line. Times are in ms. */
export type Summary = {
  seeds: number
  faults: number
  lost: number
  doubled: number
  disordered: number
  diverged: number
  failedSeeds: number
  reconnections: number
  backBeforeHealing: number
  reconnectP50Ms: number | null
  reconnectP95Ms: number | null
  reconnectMaxMs: number | null
  /** As the clients see it: without the time until they notice. */
  noticedP95Ms: number | null
  catchUpMaxMs: number | null
}

/** Sums up; `failed` are the seeds whose run did not come to an end. */
export function summarize(outcomes: readonly SeedOutcome[], failed: readonly number[]): Summary {
  const violations = outcomes.flatMap(({ outcome }) => outcome.violations)
  const count = (kind: ViolationKind) => violations.filter((violation) => violation.kind === kind).length
  const reconnections = outcomes.flatMap(({ outcome }) => timesOf(outcome.recovery.reconnections))
  const catchUps = outcomes.flatMap(({ outcome }) => timesOf(outcome.recovery.catchUps))
  return {
    seeds: outcomes.length + failed.length,
    faults: outcomes.reduce((sum, { outcome }) => sum + outcome.history.strikes.length, 0),
    lost: count('lost'),
    doubled: count('doubled'),
    disordered: count('disordered'),
    diverged: count('diverged'),
    failedSeeds: failed.length,
    reconnections: reconnections.length,
    backBeforeHealing: outcomes.reduce((sum, { outcome }) => sum + outcome.recovery.backBeforeHealing, 0),
    reconnectP50Ms: percentile(reconnections, 0.5),
    reconnectP95Ms: percentile(reconnections, 0.95),
    reconnectMaxMs: percentile(reconnections, 1),
    noticedP95Ms: percentile(
      outcomes.flatMap(({ outcome }) => noticedTimesOf(outcome.recovery.reconnections)),
      0.95,
    ),
    catchUpMaxMs: percentile(catchUps, 1),
  }
}

/** One row a kind of fault: how often it struck, and how long people needed after it. */
export function tableOfFaults(outcomes: readonly SeedOutcome[]): string {
  const rows = strikeKinds.map((kind) => {
    const all = outcomes.map(({ outcome }) => outcome)
    const struck = all.flatMap(({ history }) => history.strikes).filter((strike) => strike.kind === kind)
    const reconnections = all
      .flatMap(({ recovery }) => recovery.reconnections)
      .filter((one) => one.kind === kind)
    const catchUps = all.flatMap(({ recovery }) => recovery.catchUps).filter((one) => one.kind === kind)
    return [kind, struck.length, ...figures(reconnections), inMs(percentile(timesOf(catchUps), 1))]
  })
  const head = ['fault', 'times', ...figureNames, 'worst catch-up']
  return align([head, ...rows])
}

/** One row a way down. */
export function tableOfWays(outcomes: readonly SeedOutcome[]): string {
  const reconnections = outcomes.flatMap(({ outcome }) => outcome.recovery.reconnections)
  const ways = [...new Set(outcomes.flatMap(({ outcome }) => outcome.history.clients.map(({ way }) => way)))]
  const rows = ways.map((way) => [way, ...figures(reconnections.filter((one) => one.way === way))])
  return align([['way', ...figureNames], ...rows])
}

function timesOf(list: readonly { tookInMs: number }[]): number[] {
  return list.map(({ tookInMs }) => tookInMs)
}

function noticedTimesOf(list: readonly Reconnection[]): number[] {
  return list.map(({ sinceNoticedInMs }) => sinceNoticedInMs)
}

const figureNames = ['reconnections', 'p50', 'p95', 'max', 'p95 since noticed']

function figures(reconnections: readonly Reconnection[]): (string | number)[] {
  const times = timesOf(reconnections)
  const noticed = percentile(noticedTimesOf(reconnections), 0.95)
  return [times.length, ...[0.5, 0.95, 1].map((share) => inMs(percentile(times, share))), inMs(noticed)]
}

function inMs(time: number | null): string {
  return time === null ? '-' : time === Number.POSITIVE_INFINITY ? 'never' : `${Math.round(time)} ms`
}

function align(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length))) ?? []
  const line = (row: readonly (string | number)[]) =>
    row.map((cell, column) => {
      const text = String(cell)
      return column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
    })
  return rows.map((row) => line(row).join('  ')).join('\n')
}
