import type { Sql } from 'postgres'
import type { VerifyToken } from '../claims.ts'
import type { Changes } from './changes/changes.ts'
import type { Topics } from './topics.ts'

/** What the parts of Realtime share. */
export type RealtimeParts = {
  sql: Sql
  verifyToken: VerifyToken
  topics: Topics
  changes: Changes
  /** Resolves when the replication stream runs. */
  whenReplicating: () => Promise<void>
}
