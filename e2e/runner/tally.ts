import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** How many tests passed and failed. */
export type Tally = { passed: number; failed: number }

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
})
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

/** Reads vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function tallyVitest(path: string): Tally {
  const report = vitestReport.parse(JSON.parse(readFileSync(path, 'utf8')))
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0),
  }
}

/** Reads Playwright's JSON report. Flaky and skipped tests count as failures: both hide something. */
export function tallyPlaywright(path: string): Tally {
  const { stats } = playwrightReport.parse(JSON.parse(readFileSync(path, 'utf8')))
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
}
