import type { Db } from '#lib/server/db/clients.ts'

/** A project allows 100 channels on one connection (Supabase, "Realtime Limits"). */
const channelsMax = 80

export type RealtimeConnection = { readonly db: Db; channels: number }

/** Shares few connections among the channels of many sessions. */
export function createRealtimePool(openClient: () => Db) {
  const inUse = new Set<RealtimeConnection>()

  return {
    acquire: (topic: string): RealtimeConnection => {
      let connection = [...inUse].find((one) => one.channels < channelsMax && !hasTopic(one.db, topic))
      if (!connection) {
        connection = { db: openClient(), channels: 0 }
        inUse.add(connection)
      }
      connection.channels += 1
      return connection
    },
    /** realtime-js closes a connection with its last channel. */
    release: (connection: RealtimeConnection): void => {
      connection.channels -= 1
      if (connection.channels === 0) inUse.delete(connection)
    },
    /**
     * Nothing new is opened on this connection. What a gateway makes of a secret key when the connection opens ends
     * within a day, and then only a new connection helps.
     */
    retire: (connection: RealtimeConnection): void => void inUse.delete(connection),
  }
}

/** A channel that is still leaving would be handed out again for the same topic. */
function hasTopic(db: Db, topic: string): boolean {
  return db.getChannels().some((channel) => channel.topic === `realtime:${topic}`)
}
