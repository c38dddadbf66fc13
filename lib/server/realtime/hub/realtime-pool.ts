import type { Db } from '#lib/server/db/clients.ts'

/** A project allows 100 channels on one connection (Supabase, "Realtime Limits"). */
const channelsMax = 80

type Client = { getChannels(): readonly { topic: string }[] }
export type RealtimeConnection<C = Db> = { readonly db: C; channels: number }

/** Shares few connections among the channels of many sessions. */
export function createRealtimePool<C extends Client>(openClient: () => C) {
  const inUse = new Set<RealtimeConnection<C>>()

  return {
    acquire: (topic: string): RealtimeConnection<C> => {
      let connection = [...inUse].find((one) => one.channels < channelsMax && !hasTopic(one.db, topic))
      if (!connection) {
        connection = { db: openClient(), channels: 0 }
        inUse.add(connection)
      }
      connection.channels += 1
      return connection
    },
    /** realtime-js closes a connection with its last channel. */
    release: (connection: RealtimeConnection<C>): void => {
      connection.channels -= 1
      if (connection.channels === 0) inUse.delete(connection)
    },
    /**
     * Nothing new is opened on this connection. What a gateway makes of a secret key when the connection opens ends
     * within a day, and then only a new connection helps.
     */
    retire: (connection: RealtimeConnection<C>): void => void inUse.delete(connection),
  }
}

/** A channel that is still leaving would be handed out again for the same topic. */
function hasTopic(db: Client, topic: string): boolean {
  return db.getChannels().some((channel) => channel.topic === `realtime:${topic}`)
}
