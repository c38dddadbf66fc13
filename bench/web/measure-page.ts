import lighthouse, { type Flags } from 'lighthouse'

/** Lighthouse's slow phone network. */
const defaultThrottling = { rttMs: 150, throughputKbps: 1_638.4 }
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const

/** One page as Lighthouse sees it on a slow phone. Scores from 0 to 100; times in ms; sizes in kB as transferred. */
export type PageMeasure = {
  performance: number
  accessibility: number
  bestPractices: number
  seo: number
  firstPaintInMs: number
  largestPaintInMs: number
  blockedInMs: number
  /** Scripts that the document itself names: what has to come before the page lives. */
  jsKB: number
  /** All scripts until the page is quiet. */
  allJsKB: number
  /** What cost points, by the names of Lighthouse's audits. */
  complaints: string[]
}

/** Lighthouse slows the processor down four times, which makes a phone of a desktop computer that it rates like this. */
const desktop = { benchmarkIndex: 1_600, slowdown: 4 }

/**
 * How many times slower this machine has to be made to be that phone. A shared or small one is slow already, and four times
 * slower it would be no device that anybody has.
 */
export async function findSlowdown(url: string, port: number): Promise<number> {
  const result = await lighthouse(url, { port, onlyAudits: ['first-contentful-paint'], logLevel: 'error' })
  const benchmarkIndex = result?.lhr.environment.benchmarkIndex ?? desktop.benchmarkIndex
  const slowdown = (desktop.slowdown * benchmarkIndex) / desktop.benchmarkIndex
  return Math.round(10 * Math.min(desktop.slowdown, Math.max(1, slowdown))) / 10
}

/**
 * @param port where the browser that holds the person's cookies can be driven
 * @throws where the page could not be measured
 */
export async function measurePage(url: string, port: number, slowdown: number): Promise<PageMeasure> {
  const flags: Flags = { port, onlyCategories: [...categories], output: 'json', logLevel: 'error' }
  const result = await lighthouse(url, flags, {
    extends: 'lighthouse:default',
    settings: { throttling: { ...defaultThrottling, cpuSlowdownMultiplier: slowdown } },
  })
  if (!result || result.lhr.runtimeError) throw new Error(result?.lhr.runtimeError?.message ?? 'No result')
  const { audits, categories: judged } = result.lhr
  const score = (name: (typeof categories)[number]) => Math.round((judged[name]?.score ?? 0) * 100)
  const figureOf = (audit: string) => Math.round(audits[audit]?.numericValue ?? Number.NaN)
  const scripts = requestsOf(audits['network-requests']?.details).filter(
    ({ resourceType }) => resourceType === 'Script',
  )
  const isNamed = namesInDocument(result.artifacts.MainDocumentContent)
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
    firstPaintInMs: figureOf('first-contentful-paint'),
    largestPaintInMs: figureOf('largest-contentful-paint'),
    blockedInMs: figureOf('total-blocking-time'),
    jsKB: kilobytes(scripts.filter(isNamed)),
    allJsKB: kilobytes(scripts),
    complaints: categories.flatMap((name) =>
      (judged[name]?.auditRefs ?? [])
        .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
        .map(({ id }) => `${id} ${audits[id]?.displayValue ?? issuesOf(audits[id]?.details)}`.trim()),
    ),
  }
}

type NetworkRequest = { url: string; resourceType?: string; transferSize?: number }

function requestsOf(details: unknown): NetworkRequest[] {
  return (details as { items?: NetworkRequest[] } | undefined)?.items ?? []
}

/** The kinds of issues that the browser's own inspector names. */
function issuesOf(details: unknown): string {
  const { items = [] } = (details ?? {}) as { items?: { issueType?: string }[] }
  return items.flatMap(({ issueType }) => issueType ?? []).join(' ')
}

const kilobytes = (requests: readonly NetworkRequest[]) =>
  Math.round(requests.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0) / 100) / 10

function namesInDocument(html: string) {
  return ({ url }: NetworkRequest) => html.includes(`src="${new URL(url).pathname}"`)
}
