import localFont from 'next/font/local'

/** Display: Bricolage Grotesque, set narrow and heavy like a poster on a club's door. */
export const displayFace = localFont({
  src: '../node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-standard-normal.woff2',
  variable: '--face-display',
  weight: '200 800',
  declarations: [{ prop: 'font-stretch', value: '75% 100%' }],
})

export const textFace = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  variable: '--face-text',
  weight: '100 900',
})

/** Times and figures: every digit has the same width, so that nothing jitters. */
export const figuresFace = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  variable: '--face-figures',
  weight: '100 800',
  preload: false,
})
