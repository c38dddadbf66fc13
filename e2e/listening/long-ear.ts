import type { CDPSession, Page } from '@playwright/test'
import { recordingFrom } from './ear.ts'
import type { Recording } from './offsets.ts'
import type { TapReport } from './tap.ts'

/** Records everything that a page plays, through reloads, while other things happen. */
export type LongEar = {
  /** Fetches what was heard since the last time. To be called every few seconds, and before a reload. */
  fetch(): Promise<void>
  /** One recording for each document that was heard. */
  recordings(): Recording[]
}

/** The page must have the tap (`installTap`) already, told to begin in every new document. */
export async function listenLong(page: Page, session: CDPSession): Promise<LongEar> {
  const reports: TapReport[] = []

  async function fetch(): Promise<void> {
    // Not `page.evaluate`: that counts as a gesture, and the page could play without anybody's tap.
    const { result } = await session.send('Runtime.evaluate', {
      expression: 'window.listeningTap?.handOut()',
      returnByValue: true,
      userGesture: false,
    })
    const report: TapReport | undefined = result.value
    if (report?.samples) reports.push(report)
  }

  return {
    fetch: () => (page.isClosed() ? Promise.resolve() : fetch()),
    recordings: () =>
      [...Map.groupBy(reports, ({ documentFromInMs }) => documentFromInMs).values()]
        .map(join)
        .filter(({ anchors }) => anchors.length > 0),
  }
}

/** Puts pieces together; one that was lost on the way leaves silence, so that the rest keeps its place in time. */
function join(reports: readonly TapReport[]): Recording {
  const [first] = reports
  const last = reports.at(-1)
  if (!first || !last) throw new Error('a document without a report')
  const bytesAt = ({ firstFrame }: TapReport) => (2 * (firstFrame - first.firstFrame)) / first.decimation
  const samples = Buffer.alloc(bytesAt(last) + Buffer.byteLength(last.samples, 'base64'))
  for (const report of reports) samples.write(report.samples, bytesAt(report), 'base64')
  const stamps = reports.flatMap((report) => report.stamps)
  return recordingFrom({ ...first, samples: samples.toString('base64'), stamps })
}
