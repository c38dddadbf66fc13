import { z } from 'zod'
import { describeDevice } from '#lib/domain/devices/describe-device.ts'
import type { DeviceName } from '#lib/protocol/devices.ts'
import type { KeyValueStore } from '../session/outbox.ts'

export type OwnDevice = { id: string; name: DeviceName }

const storageKey = 'whatssound:device'

/** This browser, by an id that its tabs share: it is kept in `store`, and nowhere but here does it mean anything. */
export function readOwnDevice(
  store: KeyValueStore | null,
  userAgent: string,
  newId: () => string,
): OwnDevice {
  return { id: keptId(store, newId), name: nameDevice(userAgent) }
}

function keptId(store: KeyValueStore | null, newId: () => string): string {
  try {
    const kept = z.uuid().safeParse(store?.getItem(storageKey)).data
    const id = kept ?? newId()
    if (!kept) store?.setItem(storageKey, id)
    return id
  } catch {
    return newId()
  }
}

/** What people call it: the browser, and the device where it is known, else its system. */
export function nameDevice(userAgent: string): DeviceName {
  const { browser, system } = describeDevice(userAgent)
  return { browser: browser ?? '', system: system ?? '' }
}
