import { z } from 'zod'
import type { ExpoDevice } from './claimed-notification.ts'
import type { Letter } from './letter.ts'
import { type Outcome, outcomeOfFailure, requestTimeoutInMs } from './outcome.ts'

/** Expo's push service, which passes on to Apple's and Google's. */
export type ExpoPush = {
  /** The outcomes, in the letters' order. */
  send: (letters: readonly Letter<ExpoDevice>[]) => Promise<Outcome[]>
  /** The tickets whose devices are no more. @throws where nothing could be asked */
  findGone: (tickets: readonly string[]) => Promise<string[]>
}

/** What the service takes in one request. */
const mostMessages = 100
const mostReceipts = 300

const troubleSchema = z.object({
  status: z.literal('error'),
  details: z.object({ error: z.string().optional() }).optional(),
})
const ticketsSchema = z.object({
  data: z.array(
    z.discriminatedUnion('status', [z.object({ status: z.literal('ok'), id: z.string() }), troubleSchema]),
  ),
})
const receiptsSchema = z.object({
  data: z.record(
    z.string(),
    z.discriminatedUnion('status', [z.object({ status: z.literal('ok') }), troubleSchema]),
  ),
})

export function createExpoPush(options: {
  url?: string | undefined
  accessToken?: string | undefined
}): ExpoPush {
  const { url = 'https://exp.host', accessToken } = options
  const post = (path: string, body: unknown) =>
    fetch(`${url}/--/api/v2/push/${path}`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutInMs),
    })

  const sendSome = async (letters: readonly Letter<ExpoDevice>[]): Promise<Outcome[]> => {
    try {
      const response = await post('send', letters.map(toMessage))
      const failure = outcomeOfFailure(response)
      // The address is one for all devices: that nothing is there says nothing about them.
      if (failure) return letters.map(() => (failure.kind === 'gone' ? { kind: 'later' } : failure))
      const { data } = ticketsSchema.parse(await response.json())
      return letters.map((_, index) => toOutcome(data[index]))
    } catch {
      return letters.map(() => ({ kind: 'later' }))
    }
  }

  return {
    async send(letters) {
      const outcomes: Outcome[] = []
      for (const some of inPartsOf(mostMessages, letters)) outcomes.push(...(await sendSome(some)))
      return outcomes
    },
    async findGone(tickets) {
      const gone: string[] = []
      for (const ids of inPartsOf(mostReceipts, tickets)) {
        const { data } = receiptsSchema.parse(await (await post('getReceipts', { ids })).json())
        gone.push(...ids.filter((id) => isGone(data[id])))
      }
      return gone
    },
  }
}

function toMessage({ device, message, ttlInSeconds, urgency }: Letter<ExpoDevice>) {
  const { id, topic, title, body, path } = message
  // The app shows one notification of a topic, as the service worker does.
  return { to: device.address, title, body, data: { id, topic, path }, ttl: ttlInSeconds, priority: urgency }
}

function toOutcome(ticket: z.infer<typeof ticketsSchema>['data'][number] | undefined): Outcome {
  if (!ticket) return { kind: 'later' }
  if (ticket.status === 'ok') return { kind: 'sent', ticket: ticket.id }
  if (isGone(ticket)) return { kind: 'gone' }
  const why = ticket.details?.error ?? 'unknown'
  return why === 'MessageRateExceeded' ? { kind: 'later' } : { kind: 'refused', why }
}

function isGone(answer: { status: 'ok' } | z.infer<typeof troubleSchema> | undefined): boolean {
  return answer?.status === 'error' && answer.details?.error === 'DeviceNotRegistered'
}

function* inPartsOf<T>(size: number, list: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size)
}
