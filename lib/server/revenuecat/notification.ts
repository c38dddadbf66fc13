import { z } from 'zod'

const appUserIds = z.array(z.string().max(200)).max(100).nullish()

/** What is read of a notification (revenuecat.com/docs/integrations/webhooks/event-types-and-fields). */
export const notificationSchema = z.object({
  event: z.object({
    id: z.string().min(1).max(200),
    type: z.string().min(1).max(100),
    app_user_id: z.string().max(200).nullish(),
    original_app_user_id: z.string().max(200).nullish(),
    aliases: appUserIds,
    transferred_from: appUserIds,
    transferred_to: appUserIds,
  }),
})
export type Notification = z.infer<typeof notificationSchema>['event']

/** Ids as SQL makes them, exactly: at RevenueCat another spelling is another customer. */
const customerId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The ids at RevenueCat of everybody who may stand otherwise because of a notification, each once: whoever it is about, under
 * all their ids, and of a transfer both sides. What is no id of ours is somebody whom RevenueCat alone knows.
 */
export function peopleOf(event: Notification): string[] {
  const ids = [
    event.app_user_id,
    event.original_app_user_id,
    ...(event.aliases ?? []),
    ...(event.transferred_from ?? []),
    ...(event.transferred_to ?? []),
  ]
  return [...new Set(ids.filter((id) => typeof id === 'string').filter((id) => customerId.test(id)))]
}
