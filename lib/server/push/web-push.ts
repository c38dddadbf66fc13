import webPush from 'web-push'
import type { WebDevice } from './claimed-notification.ts'
import type { Letter } from './letter.ts'
import { type Outcome, outcomeOfFailure, requestTimeoutInMs } from './outcome.ts'

export type VapidKeys = { publicKey: string; privateKey: string; subject: string }

export type SendWebPush = (letter: Letter<WebDevice>) => Promise<Outcome>

/** Sends to browsers: encrypted for the one browser (RFC 8291), signed by this server (RFC 8292). */
export function createSendWebPush(options: {
  /** Null: Web Push is off, and nothing is sent. */
  vapid: VapidKeys | null
  mayBeSentTo: (address: string) => boolean
}): SendWebPush {
  const { vapid, mayBeSentTo } = options
  return async (letter) => {
    if (!vapid) return { kind: 'refused', why: 'Web Push is off' }
    if (!mayBeSentTo(letter.device.address)) return { kind: 'gone' }
    const request = encrypt(letter, vapid)
    if (!request) return { kind: 'gone' }
    try {
      const response = await fetch(letter.device.address, {
        method: 'POST',
        headers: request.headers,
        body: new Uint8Array(request.body),
        // A redirect could lead anywhere.
        redirect: 'manual',
        signal: AbortSignal.timeout(requestTimeoutInMs),
      })
      await response.body?.cancel()
      return outcomeOfFailure(response) ?? { kind: 'sent' }
    } catch {
      return { kind: 'later' }
    }
  }
}

/** Null where the keys that the client gave are none. */
function encrypt({ device, message, ttlInSeconds, urgency, topic }: Letter<WebDevice>, vapid: VapidKeys) {
  const { address: endpoint, p256dh, auth } = device
  try {
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(message),
      { vapidDetails: vapid, contentEncoding: 'aes128gcm', TTL: ttlInSeconds, urgency, topic },
    )
    // fetch counts the length itself.
    const { 'Content-Length': _, ...others } = headers
    return { headers: others as Record<string, string>, body: body as Buffer }
  } catch {
    return null
  }
}
