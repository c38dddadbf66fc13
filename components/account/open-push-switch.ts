import { authClientOf } from '#components/app/auth-client-of.ts'
import { personHere } from '#lib/client/auth/person-here.ts'
import { createPushSwitch, type PushSwitch } from '#lib/client/push/push-switch.ts'
import { pushWantedBy } from '#lib/client/push/push-wanted.ts'
import { storageOf } from '#lib/client/storage-of.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'

/** This browser's switch for notifications, as whoever is here. */
export function openPushSwitch(config: PublicConfig, locale: Locale): PushSwitch {
  const { request } = authClientOf(config)
  const wanted = pushWantedBy(personHere(), storageOf('localStorage'))
  return createPushSwitch({ request, locale, vapidPublicKey: config.vapidPublicKey, wanted })
}
