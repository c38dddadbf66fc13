import type { Page } from '@playwright/test'
import { energyInDb, type Recording } from './offsets.ts'
import { installTap, type TapReport } from './tap.ts'

/** Hears what a page plays, at the output of its media elements. */
export type Ear = {
  record(seconds: number): Promise<Recording>
  /** How loud the page is over a time, in decibels below full scale; music is above -40, silence below -60. */
  energyInDb(seconds: number): Promise<number>
}

/** Puts an ear into a page. Call it before `page.goto`: it must be there before the first element plays. */
export async function listen(page: Page): Promise<Ear> {
  await page.addInitScript(installTap)
  async function record(seconds: number): Promise<Recording> {
    await page.evaluate(() => window.listeningTap.begin())
    await page.waitForTimeout(seconds * 1_000)
    return recordingFrom(await page.evaluate(() => window.listeningTap.end()))
  }
  return { record, energyInDb: async (seconds) => energyInDb((await record(seconds)).samples) }
}

/** The part over which clock readings are put together, in frames: a busy machine makes the output stop for moments. */
const anchorEveryInFrames = 24_000

export function recordingFrom(report: TapReport): Recording {
  const bytes = Buffer.from(report.samples, 'base64')
  const samples = Float32Array.from(
    { length: bytes.length / 2 },
    (_, index) => bytes.readInt16LE(index * 2) / 32_767,
  )
  return { samples, sampleRate: report.sampleRate, anchors: anchorsFrom(report) }
}

/** A reading of the output's clock jitters by a millisecond; the median over half a second does not. */
function anchorsFrom({ stamps, sampleRate, decimation, firstFrame }: TapReport): Recording['anchors'] {
  const frameRate = sampleRate * decimation
  const groups = new Map<number, { frame: number; atInMs: number }[]>()
  for (const stamp of stamps) {
    const group = Math.floor((stamp.frame - firstFrame) / anchorEveryInFrames)
    groups.set(group, [...(groups.get(group) ?? []), stamp])
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a - b)
    .filter(([, group], index) => group.length >= 4 || index === 0)
    .map(([key, group]) => {
      const origins = group
        .map(({ frame, atInMs }) => atInMs - (frame * 1_000) / frameRate)
        .sort((a, b) => a - b)
      const frame = firstFrame + (key + 0.5) * anchorEveryInFrames
      const atInMs = (origins[origins.length >> 1] ?? 0) + (frame * 1_000) / frameRate
      return { index: (frame - firstFrame) / decimation, atInMs }
    })
}
