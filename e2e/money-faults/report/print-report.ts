import type { Outcome } from '../evening/run-evening.ts'
import { strikeKinds } from '../plan/plan-evening.ts'

/** What a run comes to; printed as its last line. `tried` are the strikes that hit. */
export type Summary = { tried: number; lost: number; doubled: number; balanced: boolean }

/** @param isWhole whether every seed came to its end, and reconciling all of it found nothing: else nobody can say that it is balanced */
export function summarize(outcomes: readonly Outcome[], isWhole: boolean): Summary {
  const violations = outcomes.flatMap((outcome) => outcome.violations)
  const count = (kind: string) => violations.filter((violation) => violation.kind === kind).length
  return {
    tried: outcomes.reduce((sum, { struck }) => sum + struck.length, 0),
    lost: count('lost'),
    doubled: count('doubled'),
    balanced: isWhole && count('unbalanced') === 0,
  }
}

/** One row a kind of strike: how often it hit. */
export function tableOfStrikes(outcomes: readonly Outcome[]): string {
  const struck = outcomes.flatMap((outcome) => outcome.struck)
  const width = Math.max(...strikeKinds.map(({ length }) => length))
  const rows = strikeKinds.map((kind) => [kind, struck.filter((one) => one === kind).length] as const)
  return [['strike', 'times'] as const, ...rows]
    .map(([kind, times]) => `${kind.padEnd(width)}  ${String(times).padStart(5)}`)
    .join('\n')
}

/** What became of the tips of an evening, in a few words: `3 paid, 1 refunded`. */
export function tipsInWords({ books }: Outcome): string {
  const counts = new Map<string, number>()
  for (const { status } of books.own) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ')
}
