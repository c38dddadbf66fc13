import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ImageResponse } from 'next/og'
import { LinkCard } from '#components/share/link-card.tsx'
import { linkCardSize } from '#components/share/link-card-size.ts'

/** Satori takes no WOFF2 and no variable fonts, so the display face comes once more in one weight. */
const displayFile = path.join(
  'node_modules',
  '@fontsource',
  'bricolage-grotesque',
  'files',
  'bricolage-grotesque-latin-800-normal.woff',
)

/** A link's card as a PNG. `keptForInSeconds`: how long whoever shows the link may keep it. */
export async function drawLinkCard(
  card: Parameters<typeof LinkCard>[0],
  keptForInSeconds: number,
): Promise<Response> {
  const data = await readFile(path.join(process.cwd(), displayFile))
  return new ImageResponse(<LinkCard {...card} />, {
    ...linkCardSize,
    fonts: [{ name: 'Display', data, weight: 800 }],
    headers: { 'cache-control': `public, max-age=${keptForInSeconds}` },
  })
}
