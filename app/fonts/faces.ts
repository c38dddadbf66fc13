import localFont from 'next/font/local'

/** Display: Bricolage Grotesque, narrow and heavy like a poster on a club's door. See `cut-display-face.ts`. */
export const displayFace = localFont({
  src: './bricolage-grotesque-poster.woff2',
  variable: '--face-display',
  weight: '760',
})

export const textFace = localFont({
  src: '../../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  variable: '--face-text',
  weight: '100 900',
})

/** Times and figures: every digit has the same width, so that nothing jitters. */
export const figuresFace = localFont({
  src: '../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  variable: '--face-figures',
  weight: '100 800',
  preload: false,
  // Until it is there, the system's own monospaced face: its letters are as wide, and no line breaks elsewhere.
  adjustFontFallback: false,
})
