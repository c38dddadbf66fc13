import sharp from 'sharp'

/**
 * `npm run icons`: draws the app's icons from the mark (`mark.tsx`), for systems that take no SVG.
 *
 * A maskable icon may be cut to any shape: what matters lies within the circle of 80 % (W3C manifest, "icon masks"). A
 * monochrome one is a mere shape that the system colours.
 */
const volt = '#d9f54a'
const ink = '#161a04'
const ground = '#100d0a'

const bubble =
  'M10.5 1.5h11A9.5 9.5 0 0 1 31 11v8.5a9.5 9.5 0 0 1-9.5 9.5H3.2C2 29 1 28 1 26.8V11a9.5 9.5 0 0 1 9.5-9.5Z'
const bars = 'M7.2 9.4v11.8M11.6 13.4v8.2M16 10.6v9.2M20.4 13.4v8.2M24.8 9.4v11.8'
const stroke = (colour: string) => `stroke="${colour}" stroke-width="2.9" stroke-linecap="round" fill="none"`

const mark = `<path fill="${volt}" d="${bubble}"/><path ${stroke(ink)} d="${bars}"/>`
/** The drawing, about its middle. */
const scaled = (drawing: string, scale: number) =>
  `<g transform="translate(16 16) scale(${scale}) translate(-16 -15.25)">${drawing}</g>`
const onGround = (drawing: string) => `<rect width="32" height="32" fill="${ground}"/>${drawing}`

const shapes = {
  icon: scaled(mark, 0.98),
  maskable: onGround(scaled(mark, 0.6)),
  apple: onGround(scaled(mark, 0.74)),
  /** The bars are holes in the bubble. */
  monochrome: `<mask id="m"><path fill="#fff" d="${bubble}"/><path ${stroke('#000')} d="${bars}"/></mask><rect width="32" height="32" fill="#fff" mask="url(#m)"/>`,
  'shortcut-start': onGround(scaled(`<path ${stroke(volt)} d="M16 8v16M8 16h16"/>`, 0.9)),
  'shortcut-listen': onGround(scaled(`<path ${stroke(volt)} d="${bars}"/>`, 0.9)),
}

const files: [shape: keyof typeof shapes, size: number, path?: string][] = [
  ['icon', 192],
  ['icon', 512],
  ['maskable', 192],
  ['maskable', 512],
  ['monochrome', 96],
  ['shortcut-start', 96],
  ['shortcut-listen', 96],
  ['apple', 180, 'app/apple-icon.png'],
]

for (const [shape, size, path = `public/icons/${shape}-${size}.png`] of files) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 32 32">${shapes[shape]}</svg>`
  await sharp(Buffer.from(svg)).png({ compressionLevel: 9, palette: true }).toFile(path)
  console.log(path)
}
