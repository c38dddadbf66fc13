import { jitteredInMs } from '#lib/domain/retry/retry-delay.ts'
import type { Log } from '../log.ts'
import type { ExpoDevice, PushDevice, WebDevice } from './claimed-notification.ts'
import type { ExpoPush } from './expo-push.ts'
import { type Letter, writeLetter } from './letter.ts'
import type { Outbox } from './outbox.ts'
import type { Outcome } from './outcome.ts'
import type { SendWebPush } from './web-push.ts'

export type DeliverDeps = {
  outbox: Outbox
  sendWebPush: SendWebPush
  expo: ExpoPush
  log: Log
  random: () => number
}

/** So many people at once: all of their messages are on their way together. */
const mostClaimed = 50
const firstRetryInMs = 5_000

/** What became of a claim: of so many people, so many messages to their devices. */
export type Delivered = { claimed: number; messages: Record<Outcome['kind'], number> }

/** Sends all that is due. May run anywhere and as often as one likes: what one claims, nobody else does. */
export async function deliverNotifications(deps: DeliverDeps): Promise<void> {
  let claimed: number
  do ({ claimed } = await deliverClaim(deps))
  while (claimed === mostClaimed)
}

/** Claims what is due, of so many people at the most, and sends it. @throws CodedError */
export async function deliverClaim(deps: DeliverDeps): Promise<Delivered> {
  const { outbox, log, random } = deps
  const claimed = await outbox.claim(mostClaimed)
  const messages = { sent: 0, gone: 0, later: 0, refused: 0 }
  if (claimed.length === 0) return { claimed: 0, messages }
  const nowInMs = Date.now()
  const letters = claimed.flatMap((told) => told.devices.map((device) => writeLetter(told, device, nowInMs)))
  const outcomes = await send(deps, letters)
  for (const { kind } of outcomes.values()) messages[kind] += 1
  const sent = [...outcomes].flatMap(([{ device }, outcome]) =>
    outcome.kind === 'sent' && outcome.ticket ? [{ ticket: outcome.ticket, deviceId: device.id }] : [],
  )
  const gone = [...outcomes].flatMap(([{ device }, { kind }]) => (kind === 'gone' ? [device.id] : []))
  const reasons = [...outcomes.values()].flatMap((outcome) =>
    outcome.kind === 'refused' ? [outcome.why] : [],
  )
  if (reasons.length > 0)
    log.warn({ count: reasons.length, why: reasons[0] }, 'push services refused messages')
  if (gone.length > 0) await outbox.forgetDevices(gone)
  if (sent.length > 0) await outbox.keepReceipts(sent)

  await Promise.all(
    claimed.map((told) => {
      const later = [...outcomes].flatMap(([{ message, device }, outcome]) =>
        message.id === told.id && outcome.kind === 'later'
          ? [{ deviceId: device.id, notBeforeInMs: outcome.notBeforeInMs ?? 0 }]
          : [],
      )
      const backOffInMs = jitteredInMs(firstRetryInMs * 2 ** (told.attempt - 1), random)
      return outbox.settle(told, {
        leftFor: later.map(({ deviceId }) => deviceId),
        retryInMs: Math.max(backOffInMs, ...later.map(({ notBeforeInMs }) => notBeforeInMs)),
      })
    }),
  )
  return { claimed: claimed.length, messages }
}

/** Every letter by its way: browsers one by one, apps together. */
async function send(
  { sendWebPush, expo }: DeliverDeps,
  letters: readonly Letter[],
): Promise<Map<Letter, Outcome>> {
  const toApps = letters.filter(isFor<ExpoDevice>('expo'))
  const toBrowsers = letters.filter(isFor<WebDevice>('web'))
  const [ofApps, ofBrowsers] = await Promise.all([
    expo.send(toApps),
    Promise.all(toBrowsers.map((letter) => sendWebPush(letter))),
  ])
  const pairs = [...zip(toApps, ofApps), ...zip(toBrowsers, ofBrowsers)]
  return new Map(pairs)
}

/** Asks Expo what became of messages a while ago, and forgets the devices that are no more. */
export async function askReceipts({ outbox, expo }: DeliverDeps): Promise<void> {
  const receipts = await outbox.claimReceipts(1_000)
  if (receipts.length === 0) return
  const gone = new Set(await expo.findGone(receipts.map(({ ticket }) => ticket)))
  const deviceIds = receipts.flatMap(({ ticket, deviceId }) => (gone.has(ticket) ? [deviceId] : []))
  if (deviceIds.length > 0) await outbox.forgetDevices(deviceIds)
}

function isFor<D extends PushDevice>(channel: D['channel']) {
  return (letter: Letter): letter is Letter<D> => letter.device.channel === channel
}

function zip(letters: readonly Letter[], outcomes: readonly Outcome[]): [Letter, Outcome][] {
  return letters.map((letter, index) => [letter, outcomes[index] ?? { kind: 'later' }])
}
