import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** How many tests passed and failed, and what the failed ones said: told once more at the end of a long run. */
export type Tally = { passed: number; failed: number; failures: string[] }

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
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
    failures: report.testResults
      .filter(({ status }) => status === 'failed')
      .flatMap(({ name, message, assertionResults }) => {
        const failed = assertionResults.filter(({ status }) => status === 'failed')
        if (failed.length === 0) return [`${name}\n${message}`]
        return failed.map(({ fullName, failureMessages }) =>
          [`${name}: ${fullName}`, ...(failureMessages ?? [])].join('\n'),
        )
      }),
  }
}

/**
 * Reads Playwright's JSON report. Flaky and skipped tests count as failures: both hide something. What they said is
 * the last thing that Playwright itself prints, so it is not told again.
 */
export function tallyPlaywright(path: string): Tally {
  const { stats } = playwrightReport.parse(JSON.parse(readFileSync(path, 'utf8')))
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped, failures: [] }
}
