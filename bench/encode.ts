import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { quietWorker } from '../e2e/faults/product/quiet-worker.ts'
import { startProduct } from '../e2e/faults/product/start-product.ts'
import { findOrInstallBrowser } from '../e2e/runner/find-browser.ts'
import { buildWhereNeeded } from './app/build-where-needed.ts'
import { encodeInBrowser } from './encoding/encode-in-browser.ts'
import { findFfmpeg, timeFfmpeg } from './encoding/ffmpeg.ts'
import { makeFiles } from './encoding/make-files.ts'
import { type Encoding, toJson, toTable } from './encoding/report.ts'
import { tidyUpWith } from './tidy-up.ts'

/**
 * `npm run bench:encode`: a track of four minutes, made by code, goes into the library of the real product in a real
 * browser, once in each format; beside it what a system ffmpeg takes for the same three renditions.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '4' },
    /** Formats, separated by commas: only these. */
    only: { type: 'string' },
    /** The product's; the next two are Supabase's and PostgreSQL's. */
    port: { type: 'string', default: '3510' },
  },
})
const say = (text: string): void => console.error(text)
const wanted = values.only?.split(',')

process.chdir(path.join(import.meta.dirname, '..'))
await buildWhereNeeded(say)
const folder = await mkdtemp(path.join(tmpdir(), 'whatssound-encode-'))
const removeFolder = tidyUpWith(() => rm(folder, { recursive: true, force: true }))
const ffmpeg = findFfmpeg()
if (!ffmpeg) say('no ffmpeg here: WAV alone, and nothing beside it')
const files = await makeFiles(folder, Number(values.minutes) * 60, ffmpeg)

const product = await startProduct(Number(values.port))
const stopProduct = tidyUpWith(product.stop)
const encodings: Encoding[] = []
try {
  const sql = postgres(product.dbUrl, { max: 1, onnotice: () => {} })
  await quietWorker(product, sql)
  await sql.end()
  const executablePath = findOrInstallBrowser()
  for (const { format, file } of files) {
    if (wanted && !wanted.includes(format)) continue
    say(`${format} ...`)
    const ffmpegS = ffmpeg ? timeFfmpeg(ffmpeg, file, path.join(folder, `ffmpeg-${format}`)) : null
    const ours = await encodeInBrowser({ executablePath, appUrl: product.appUrl, file })
    encodings.push({ format, ffmpegS, ...ours })
  }
} finally {
  await stopProduct()
  await removeFolder()
}
console.log(toTable(encodings))
console.log(toJson(encodings, loadavg()[0] ?? 0))
process.exit(0)
