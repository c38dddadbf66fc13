import type { EncodedInBrowser } from './encode-in-browser.ts'

export type Encoding = EncodedInBrowser & {
  format: string
  /** What ffmpeg took; null where there is none. */
  ffmpegS: number | null
}

export function toTable(encodings: readonly Encoding[]): string {
  const row = (...cells: (string | number)[]) => cells.map((cell) => String(cell).padStart(15)).join('')
  return [
    row('format', 'wall s', 'ffmpeg s', 'x ffmpeg', 'first s', 'peak MB'),
    ...encodings.map(({ format, wallS, ffmpegS, firstPlayableS, peakMb }) =>
      row(
        format,
        rounded(wallS),
        ffmpegS === null ? '-' : rounded(ffmpegS),
        ffmpegS === null ? '-' : rounded(wallS / ffmpegS, 2),
        rounded(firstPlayableS),
        Math.round(peakMb),
      ),
    ),
  ].join('\n')
}

/** The last line: one JSON object. */
export function toJson(encodings: readonly Encoding[], loadAverage: number): string {
  const formats = Object.fromEntries(
    encodings.map(({ format, wallS, ffmpegS, firstPlayableS, peakMb }) => [
      format,
      {
        wallS: rounded(wallS),
        vsFfmpeg: ffmpegS === null ? null : rounded(wallS / ffmpegS, 2),
        firstPlayableS: rounded(firstPlayableS),
        peakMB: Math.round(peakMb),
      },
    ]),
  )
  return JSON.stringify({ formats, loadAverage: rounded(loadAverage, 2) })
}

function rounded(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
