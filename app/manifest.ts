import type { MetadataRoute } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { anchors } from '#components/shell/anchors.ts'
import { receiveSharePath } from '#lib/client/service-worker/addresses.ts'

/** The ground of every page (`--color-ground`). */
const ground = '#100d0a'

const icon = (name: string, size: number, purpose?: 'maskable' | 'monochrome') => ({
  src: `/icons/${name}-${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  ...(purpose && { purpose }),
})

/** What the system knows of the installed app, in the language of whoever installs it. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const [locale, t] = await Promise.all([getLocale(), getTranslations()])
  return {
    id: '/',
    name: 'WhatsSound',
    short_name: 'WhatsSound',
    description: t('meta.description'),
    lang: locale,
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: ground,
    theme_color: ground,
    categories: ['music', 'entertainment', 'social'],
    icons: [
      icon('icon', 192),
      icon('icon', 512),
      icon('maskable', 192, 'maskable'),
      icon('maskable', 512, 'maskable'),
      icon('monochrome', 96, 'monochrome'),
    ],
    shortcuts: [
      { name: t('landing.start'), url: '/studio', icons: [icon('shortcut-start', 96)] },
      { name: t('lobby.title'), url: `/#${anchors.onAir}`, icons: [icon('shortcut-listen', 96)] },
    ],
    share_target: {
      action: receiveSharePath,
      method: 'POST',
      enctype: 'multipart/form-data',
      params: {
        title: 'title',
        text: 'text',
        url: 'url',
        files: [
          { name: 'files', accept: ['audio/*', '.mp3', '.wav', '.flac', '.m4a', '.aac', '.ogg', '.opus'] },
        ],
      },
    },
  }
}
