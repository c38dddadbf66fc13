/** What people are told of; the same as `private.notification_kind` in SQL, a test compares them. */
export const notificationKinds = ['dj_live', 'track_next', 'tip_received'] as const
export type NotificationKind = (typeof notificationKinds)[number]
