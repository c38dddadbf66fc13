import { type Bye, streamEventNames } from '#lib/protocol/stream.ts'

/**
 * `no-transform` keeps compression, which would hold events back, away (RFC 9111, 5.2.2.6); `x-accel-buffering` does the
 * same with nginx's buffers.
 */
export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
}

export const pollHeaders = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

const retryMinInMs = 1_000
const retrySpreadInMs = 4_000

/** What every stream begins with, so that its head leaves at once: when to come back, spread so that not all do together. */
export function streamPrelude(random: () => number): string {
  return `: ok\nretry: ${retryMinInMs + Math.floor(random() * retrySpreadInMs)}\n\n`
}

export const renewText = eventText(streamEventNames.renew, {})

export function byeText(bye: Bye): string {
  return eventText(streamEventNames.bye, bye)
}

/** One server-sent event (WHATWG HTML, 9.2); JSON has no line breaks. */
function eventText(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
