import { serverEnv } from '#lib/env/server.ts'
import { serviceDb } from '../db/clients.ts'
import { createLoadSnapshot, type LoadSnapshot } from './load-snapshot.ts'

let known: LoadSnapshot | undefined

/** Loads a snapshot as this process does for all of them. Needs the server's environment. @throws CodedError */
export const loadSnapshot: LoadSnapshot = (db, sessionId) => {
  known ??= createLoadSnapshot(serviceDb(serverEnv()))
  return known(db, sessionId)
}
