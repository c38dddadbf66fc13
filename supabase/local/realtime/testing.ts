import { once } from 'node:events'
import type { RealtimeChannel } from '@supabase/supabase-js'
import { WebSocket } from 'ws'
import type { StackAddresses } from '../stack.ts'

/**
 * Subscribes a channel; rejects with the reason where it is refused. `onStatus` hears of what happens later,
 * such as `CLOSED`.
 */
export function subscribed(
  channel: RealtimeChannel,
  onStatus: (status: string) => void = () => {},
): Promise<RealtimeChannel> {
  let isSettled = false
  return new Promise((resolve, reject) => {
    channel.subscribe((status, error) => {
      if (isSettled) onStatus(status)
      isSettled = true
      if (status === 'SUBSCRIBED') resolve(channel)
      else reject(error ?? new Error(status))
    })
  })
}

/** Things that arrive, to be awaited one by one in their order. */
export function createInbox<T>() {
  const arrived: T[] = []
  const waiting: ((item: T) => void)[] = []
  return {
    put(item: T) {
      const next = waiting.shift()
      if (next) next(item)
      else arrived.push(item)
    },
    take: (): Promise<T> => {
      const item = arrived.shift()
      return item === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(item)
    },
    /** What lies there and was not taken. */
    rest: () => arrived.splice(0),
  }
}

/** Resolves with the next `system` message of a channel's extension. Call it before subscribing. */
export function systemMessage(channel: RealtimeChannel, extension: string) {
  return new Promise<{ status: string; message: string }>((resolve) => {
    channel.on('system', {}, (payload) => {
      if (payload.extension === extension) resolve(payload)
    })
  })
}

export type RawClient = Awaited<ReturnType<typeof connectRaw>>

/** A WebSocket that speaks the protocol by hand. Messages are arrays (version 2) or objects (version 1). */
export async function connectRaw(
  stack: StackAddresses,
  { version = '2.0.0', apiKey = stack.publishableKey } = {},
) {
  const address = `${stack.url.replace(/^http/, 'ws')}/realtime/v1/websocket?apikey=${apiKey}&vsn=${version}`
  const socket = new WebSocket(address)
  const inbox = createInbox<unknown>()
  socket.on('message', (data, isBinary) => inbox.put(isBinary ? data : JSON.parse(String(data))))
  await once(socket, 'open')
  return { socket, take: inbox.take, send: (message: unknown) => socket.send(JSON.stringify(message)) }
}
