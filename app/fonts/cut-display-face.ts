import { copyFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import subsetFont from 'subset-font'

/**
 * `npm run fonts`: cuts the display face out of Bricolage Grotesque, whose width, weight and optical size vary: 131 kB, of
 * which the posters use one width and one weight, small and large. 37 kB are there almost half a second sooner on a slow
 * phone.
 */
const shape = { wdth: 75, wght: 760 }

const files = path.join(import.meta.dirname, '../../node_modules/@fontsource-variable/bricolage-grotesque')
/** The letters of the package's Latin file. */
const { latin } = JSON.parse(await readFile(path.join(files, 'unicode.json'), 'utf8')) as { latin: string }

/** @param range as in CSS: `U+20AC` or `U+0000-00FF` */
function lettersOf(range: string): string {
  const [first = 0, last = first] = range
    .replace('U+', '')
    .split('-')
    .map((hex) => Number.parseInt(hex, 16))
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index))
}

const whole = await readFile(path.join(files, 'files/bricolage-grotesque-latin-standard-normal.woff2'))
const cut = await subsetFont(whole, latin.split(',').map(lettersOf).join(''), {
  targetFormat: 'woff2',
  variationAxes: shape,
})
await writeFile(path.join(import.meta.dirname, 'bricolage-grotesque-poster.woff2'), cut)
// The Open Font License asks to come along.
await copyFile(path.join(files, 'LICENSE'), path.join(import.meta.dirname, 'LICENSE'))
