import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import {
  type DeviceState,
  devicesTopic,
  type Moved,
  movedEventName,
  movedSchema,
  parseDevices,
} from '#lib/protocol/devices.ts'
import type { OwnDevice } from './own-device.ts'

export type DeviceLineListener = {
  /** All devices of this person in the session, this one too, by their ids. */
  onDevices: (devices: ReadonlyMap<string, readonly DeviceState[]>) => void
  /** Another device has the music now. */
  onMoved: (moved: Moved) => void
}

/** What the devices of one person say to each other. Whoever opens it closes it; it can be opened again. */
export type DeviceLine = {
  open: (listener: DeviceLineListener) => void
  close: () => void
  /** Tells the others whether this device has its sound on; kept for when the line is open. */
  tell: (isListening: boolean) => void
  /** The music sounds here now. What is said while the line is down is lost. */
  tellMoved: () => void
}

/** The line over Supabase Realtime. realtime-js joins again by itself, except where the server closed the channel. */
export function createDeviceLine(
  supabase: SupabaseClient,
  { sessionId, userId, device }: { sessionId: string; userId: string; device: OwnDevice },
): DeviceLine {
  let listener: DeviceLineListener | null = null
  let channel: RealtimeChannel | null = null
  // A channel that is being left would be handed out again.
  let leaving: Promise<unknown> = Promise.resolve()
  let isListening = false
  let isJoined = false
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const track = (): void => {
    if (isJoined) void channel?.track({ ...device.name, isListening } satisfies DeviceState)
  }

  const join = async (): Promise<void> => {
    await leaving
    // A private channel is joined with the token that the socket holds by then.
    await supabase.realtime.setAuth()
    if (!listener || channel) return
    const opened = supabase.channel(devicesTopic(sessionId, userId), {
      config: { private: true, presence: { key: device.id } },
    })
    channel = opened
    opened
      .on('presence', { event: 'sync' }, () => {
        if (channel === opened) listener?.onDevices(parseDevices(opened.presenceState()))
      })
      .on('broadcast', { event: movedEventName }, ({ payload }) => {
        const moved = movedSchema.safeParse(payload).data
        if (moved && moved.deviceId !== device.id && channel === opened) listener?.onMoved(moved)
      })
      .subscribe((status) => {
        if (channel !== opened) return
        isJoined = status === 'SUBSCRIBED'
        if (isJoined) {
          attempt = 0
          track()
          return
        }
        // Who cannot be asked is not known to listen.
        listener?.onDevices(new Map())
        if (status !== 'CLOSED') return
        channel = null
        timer = setTimeout(() => void join(), nextRetryDelayInMs(attempt++, Math.random))
      })
  }

  return {
    open: (next) => {
      if (listener) return
      listener = next
      void join()
    },
    close: () => {
      clearTimeout(timer)
      listener = null
      isJoined = false
      const left = channel
      // First: leaving tells the listener of the channel that it is closed.
      channel = null
      if (left) leaving = supabase.removeChannel(left)
    },
    tell: (next) => {
      if (next === isListening) return
      isListening = next
      track()
    },
    tellMoved: () => {
      const payload: Moved = { ...device.name, deviceId: device.id }
      if (isJoined) void channel?.send({ type: 'broadcast', event: movedEventName, payload })
    },
  }
}
