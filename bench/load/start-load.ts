import type { ArrivalReport } from './crowd.ts'
import type { ReaderSpec } from './dialects/dialect.ts'
import { startLoadProcess } from './start-load-process.ts'
import type { LoadReport } from './tally.ts'

export type Load = {
  readonly pids: number[]
  /** @param atOnce how many are on their way in at the same time; 200 when absent */
  enter: (spec: ReaderSpec, count: number, atOnce?: number) => Promise<ArrivalReport>
  report: () => Promise<LoadReport>
  reset: () => Promise<void>
  stop: () => Promise<void>
}

/** So many of a large crowd are timed. */
const timedShare = 0.05
const largeCrowdFrom = 500
/** They wake one after the other, so that there is no moment when all read. */
const patientProcesses = 4

/** Starts a load generator: everybody in one prompt process, or most of a large crowd in patient ones. */
export function startLoad(): Load {
  const prompt = startLoadProcess('prompt')
  const all = [prompt]
  return {
    get pids() {
      return all.map(({ pid }) => pid)
    },
    enter: async (spec, count, atOnce = 200) => {
      // Who polls answers each message with the next question: read late, it would not be the same work.
      const isTimedWhole =
        count < largeCrowdFrom || spec.dialect === 'long-poll' || spec.cookies !== undefined
      if (isTimedWhole) return prompt.enter(spec, count, atOnce)
      const patient = Array.from({ length: patientProcesses }, () => startLoadProcess('patient'))
      all.push(...patient)
      // Once all of them are up, so that those who are timed come in all along the crowd: who is in first is told first.
      await Promise.all(patient.map((process) => process.reset()))
      const timed = Math.ceil(count * timedShare)
      const each = Math.ceil((count - timed) / patientProcesses)
      const sizes = [timed, ...patient.map((_, i) => Math.max(0, Math.min(each, count - timed - i * each)))]
      let first = 0
      const entering = all.map((process, i) => {
        const size = sizes[i] ?? 0
        const share = shareOf({ hereCount: count, ...spec }, first, size)
        first += size
        return process.enter(share, size, Math.max(1, Math.round((atOnce * size) / count)))
      })
      return sumArrivals(await Promise.all(entering))
    },
    report: async () => {
      const reports = await Promise.all(all.map((process) => process.report()))
      return sumReports(reports)
    },
    reset: async () => {
      await Promise.all(all.map((process) => process.reset()))
    },
    stop: async () => {
      await Promise.all(all.map((process) => process.stop()))
    },
  }
}

/** What concerns so many of the readers, from the `first` one on. */
function shareOf({ tokens, signs, ...spec }: ReaderSpec, first: number, size: number): ReaderSpec {
  const mine = <T>(all: T[]): T[] => all.slice(first, first + size)
  return {
    ...spec,
    ...(tokens && { tokens: mine(tokens) }),
    ...(signs && { signs: { ...signs, cookies: mine(signs.cookies) } }),
  }
}

/** The times are those of the first, prompt process. */
function sumReports(reports: LoadReport[]): LoadReport {
  const sum = (name: keyof LoadReport): number => reports.reduce((total, report) => total + report[name], 0)
  const [timed] = reports as [LoadReport]
  const counts = { ...timed }
  for (const name of counted) counts[name] = sum(name)
  return counts
}

const counted = [
  'delivered',
  'doubled',
  'missed',
  'parsed',
  'invalid',
  'closed',
  'bytes',
  'reads',
] as const satisfies (keyof LoadReport)[]

function sumArrivals(reports: ArrivalReport[]): ArrivalReport {
  const [timed] = reports as [ArrivalReport]
  return {
    ...timed,
    open: reports.reduce((sum, { open }) => sum + open, 0),
    tookMs: Math.max(...reports.map(({ tookMs }) => tookMs)),
    errors: reports.flatMap(({ errors }) => errors),
  }
}
