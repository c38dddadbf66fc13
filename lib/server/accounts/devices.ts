import { z } from 'zod'
import { type Device, devicesSchema } from '#lib/protocol/profile.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/** Where one is signed in, this device first. @throws CodedError */
export function loadDevices(db: Db): Promise<Device[]> {
  return callFunction(db, 'my_devices', {}, devicesSchema)
}

/** @throws CodedError */
export function signOutDevice(db: Db, sessionId: string) {
  return callFunction(db, 'sign_out_device', { p_session_id: sessionId }, z.object({}))
}
