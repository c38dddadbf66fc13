import type { Sql } from 'postgres'
import type { Claims } from '../claims.ts'
import { type Extension, mayWrite, type ReadPolicies, readPolicies } from './authorize.ts'
import { Refusal } from './session.ts'

const EVERYTHING: ReadPolicies = { broadcast: true, presence: true }

/**
 * What a person may do in one topic. The policies are asked when they join and again with each new token;
 * whether they may write, not before they first want to. In public topics everybody may do everything.
 */
export function createPermissions(sql: Sql, topic: string, isPrivate: boolean) {
  let claims: Claims | undefined
  let canRead = EVERYTHING
  const canWrite = new Map<Extension, boolean>()

  /** Takes on new claims; refuses whom the policies let read nothing, or less than before. */
  async function renew(newClaims: Claims): Promise<void> {
    if (!isPrivate) return
    const before = claims && canRead
    claims = newClaims
    canWrite.clear()
    canRead = await readPolicies(sql, newClaims, topic)
    if (!canRead.broadcast && !canRead.presence) {
      throw new Refusal(`Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`)
    }
    const hasLost = (extension: Extension) => before?.[extension] === true && !canRead[extension]
    if (hasLost('broadcast') || hasLost('presence')) {
      throw new Refusal(`You no longer have permission to read from this Channel topic: ${topic}`)
    }
  }

  /** The answer at once where it is known. */
  function write(extension: Extension): boolean | Promise<boolean> {
    if (!isPrivate) return true
    return canWrite.get(extension) ?? askToWrite(extension)
  }

  async function askToWrite(extension: Extension): Promise<boolean> {
    const may = claims !== undefined && (await mayWrite(sql, claims, topic, extension))
    canWrite.set(extension, may)
    return may
  }

  return { renew, write, read: (extension: Extension) => canRead[extension] }
}
