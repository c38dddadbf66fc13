import { z } from 'zod'

/** The private Realtime topic in which the devices of one person in one session find each other. */
export function devicesTopic(sessionId: string, userId: string): string {
  return `devices:${sessionId}:${userId}`
}

/** The name of the Broadcast event that says that the music has moved. */
export const movedEventName = 'moved'

/** A device as its browser names it: «Firefox» on «Android». Either is '' where it is not known. */
const deviceNameSchema = z.object({ browser: z.string().max(60), system: z.string().max(60) })
export type DeviceName = z.infer<typeof deviceNameSchema>

const deviceStateSchema = deviceNameSchema.extend({ isListening: z.boolean() })
export type DeviceState = z.infer<typeof deviceStateSchema>

/** The music sounds on this device now, in sync: the person's other devices fall silent. */
export const movedSchema = deviceNameSchema.extend({ deviceId: z.uuid() })
export type Moved = z.infer<typeof movedSchema>

const entriesByDeviceId = z.record(z.string(), z.array(z.unknown()))

/** The devices in a Presence state of realtime-js, by their ids, each with its tabs; what is none of ours is left out. */
export function parseDevices(presenceState: unknown): ReadonlyMap<string, readonly DeviceState[]> {
  const entries = Object.entries(entriesByDeviceId.safeParse(presenceState).data ?? {})
  return new Map(
    entries.map(([deviceId, tabs]) => [
      deviceId,
      tabs.flatMap((tab) => deviceStateSchema.safeParse(tab).data ?? []),
    ]),
  )
}
