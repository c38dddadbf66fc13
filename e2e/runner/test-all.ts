/**
 * `npm test`: everything that says whether WhatsSound works, on a fresh machine too. Runs every step even when an
 * earlier one failed, and ends with what failed and the line `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOrInstallBrowser } from './find-browser.ts'
import { type Tally, tallyPlaywright, tallyVitest } from './tally.ts'

const reports = mkdtempSync(join(tmpdir(), 'whatssound-reports-'))
const bin = (name: string) => join('node_modules', '.bin', name)

function run(title: string, command: string, args: string[], env: Record<string, string> = {}): boolean {
  const startedAt = performance.now()
  process.stdout.write(`\n── ${title}\n`)
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`── ${title}: ${status === 0 ? 'passed' : 'FAILED'} (${seconds} s)\n`)
  return status === 0
}

/** A step that either passes or fails as a whole. */
function runCheck(title: string, command: string, args: string[]): Tally {
  return run(title, command, args)
    ? { passed: 1, failed: 0, failures: [] }
    : { passed: 0, failed: 1, failures: [title] }
}

/** A test runner, counted by its report; one that ends badly although its report is clean counts as a failure. */
function runTests(
  title: string,
  args: string[],
  tally: (path: string) => Tally,
  env: Record<string, string> = {},
): Tally {
  const report = join(reports, `${title.replaceAll(' ', '-')}.json`)
  const [command = '', ...rest] = args
  const passed = run(
    title,
    bin(command),
    rest.map((arg) => arg.replace('REPORT', report)),
    {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  )
  const badEnd = [`${title} ended badly`]
  if (!existsSync(report)) return { passed: 0, failed: 1, failures: badEnd }
  const counted = tally(report)
  return passed || counted.failed > 0 ? counted : { ...counted, failed: 1, failures: badEnd }
}

const vitest = (project: string) => [
  'vitest',
  'run',
  '--project',
  project,
  '--reporter=default',
  '--reporter=json',
  '--outputFile.json=REPORT',
]

const tallies = [
  runCheck('format and lint', 'npm', ['run', '--silent', 'lint']),
  runCheck('types', 'npm', ['run', '--silent', 'types']),
  runCheck('types of the database', 'npm', ['run', '--silent', 'db:types', '--', '--check']),
  runCheck('unused code', 'npm', ['run', '--silent', 'unused']),
  runTests('unit tests', vitest('unit'), tallyVitest),
  runTests('SQL tests', vitest('sql'), tallyVitest),
  runTests('our code on the real Supabase', vitest('product'), tallyVitest),
  runTests('Edge Functions in Deno', vitest('functions'), tallyVitest),
  runTests('embedded stack tests', vitest('stack'), tallyVitest),
  runCheck('build', 'npm', ['run', '--silent', 'build']),
  runTests(
    'browser journeys',
    ['playwright', 'test', '--project=pages', '--project=sound', '--project=room*', '--reporter=list,json'],
    tallyPlaywright,
    { CHROMIUM_PATH: findOrInstallBrowser() },
  ),
]

rmSync(reports, { recursive: true })
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
for (const failure of tallies.flatMap(({ failures }) => failures)) process.stdout.write(`\n✗ ${failure}\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
