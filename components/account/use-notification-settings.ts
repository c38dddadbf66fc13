'use client'
import { useTranslations } from 'next-intl'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { notify } from '#components/ui/toasts.ts'
import {
  type NotificationSettings,
  notificationSettingsSchema,
  type SaveNotificationSettings,
} from '#lib/protocol/notifications.ts'

/** Under which SWR keeps the settings. */
export const notificationSettingsPath = '/api/notifications'

/** The person's choices, shown at once as they were changed, and as they were where that was refused. */
export function useNotificationSettings() {
  const t = useTranslations('errors')
  const config = usePublicConfig()
  const request = (body?: SaveNotificationSettings): Promise<NotificationSettings> =>
    authClientOf(config).request(notificationSettingsPath, notificationSettingsSchema, body)
  const { data: settings, error, mutate } = useSWR(notificationSettingsPath, () => request())

  const save = async (next: SaveNotificationSettings): Promise<void> => {
    try {
      await mutate(request(next), { optimisticData: next, rollbackOnError: true, revalidate: false })
    } catch (refusal) {
      notify(t(errorCodeOf(refusal)), 'warn')
    }
  }
  return { settings, hasFailed: error !== undefined, save }
}
