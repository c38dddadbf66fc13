import type { ServerEnv } from '#lib/env/server.ts'
import { serviceDb } from '../db/clients.ts'
import type { Log } from '../log.ts'
import type { DeliverDeps } from './deliver.ts'
import { createExpoPush } from './expo-push.ts'
import { createOutbox } from './outbox.ts'
import { createPushHostCheck } from './push-hosts.ts'
import { createSendWebPush, type VapidKeys } from './web-push.ts'

/** What sending needs here, by the environment. */
export function createDeliverDeps(env: ServerEnv, log: Log): DeliverDeps {
  return {
    outbox: createOutbox(serviceDb(env)),
    sendWebPush: createSendWebPush({
      vapid: vapidKeysOf(env),
      mayBeSentTo: createPushHostCheck(env.PUSH_HOSTS),
    }),
    expo: createExpoPush({ url: env.EXPO_PUSH_URL, accessToken: env.EXPO_ACCESS_TOKEN }),
    log,
    random: Math.random,
  }
}

/** Null where Web Push is off. */
export function vapidKeysOf(env: ServerEnv): VapidKeys | null {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: subject } = env
  return publicKey && privateKey && subject ? { publicKey, privateKey, subject } : null
}
