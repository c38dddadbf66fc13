import type { Limits } from '#lib/protocol/plus.ts'
import { renditions } from '#lib/protocol/tracks.ts'

/** The best bitrate of one's new tracks, in bit/s. */
export function bestBitrate({ renditions: names }: Pick<Limits, 'renditions'>): number {
  return Math.max(...renditions.filter(({ name }) => names.includes(name)).map(({ bitrate }) => bitrate))
}

const mebibyte = 1024 ** 2
const gibibyte = 1024 ** 3

/** A size as people read it: 200 MB, 1 GB. */
export function sizeText(bytes: number, locale: string): string {
  const [value, unit] =
    bytes >= gibibyte ? ([bytes / gibibyte, 'gigabyte'] as const) : ([bytes / mebibyte, 'megabyte'] as const)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}
