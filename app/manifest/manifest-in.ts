import type { MetadataRoute } from 'next'
import { anchors } from '#components/shell/anchors.ts'
import { receiveSharePath } from '#lib/client/service-worker/addresses.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import { screenPath, screens } from './screens.ts'

type Words = (
  key: 'meta.description' | 'meta.roomScreen' | 'meta.lobbyScreen' | 'landing.start' | 'lobby.title',
) => string

/** The ground of every page (`--color-ground`). */
const ground = '#100d0a'

const icon = (name: string, size: number, purpose?: 'maskable' | 'monochrome') => ({
  src: `/icons/${name}-${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  ...(purpose && { purpose }),
})

/** What the system knows of the installed app, in a language. It is the same app in each, by its id. */
export function manifestIn(locale: Locale, t: Words): MetadataRoute.Manifest {
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
    screenshots: screens.map((screen) => ({
      src: screenPath(screen, locale),
      sizes: `${screen.width}x${screen.height}`,
      type: 'image/png',
      form_factor: screen.formFactor,
      label: t(screen.name === 'room' ? 'meta.roomScreen' : 'meta.lobbyScreen'),
    })),
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
