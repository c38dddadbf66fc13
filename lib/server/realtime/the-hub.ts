import { serverEnv } from '#lib/env/server.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import { serviceDb } from '../db/clients.ts'
import { createHub, type Hub } from './hub/hub.ts'
import { createHubDatabase } from './hub/hub-database.ts'
import type { HubMeter } from './hub/hub-meter.ts'
import { createSupabaseUpstream } from './hub/supabase-upstream.ts'
import { createHubMeter } from './metrics.ts'
import { hearSiblings, tellSiblings } from './siblings.ts'

/** Next bundles a copy of this module of its own; both copies meet here. */
const key = Symbol.for('whatssound.hub')
const shared = globalThis as typeof globalThis & { [key]?: Hub }

/** The process's one hub, opened by whoever asks first. Needs the server's environment. */
export function theHub(meter?: HubMeter): Hub {
  shared[key] ??= openHub(meter ?? createHubMeter())
  return shared[key]
}

/** Tells the readers of this process, and of those beside it, what this one committed; nothing where nobody reads. */
export function feedTheHub(envelope: Envelope): void {
  shared[key]?.feed(envelope)
  tellSiblings(envelope)
}

/** Says goodbye to this process's readers, for good; nothing where there never were any. */
export async function closeTheHub(): Promise<void> {
  await shared[key]?.close()
}

function openHub(meter: HubMeter): Hub {
  const env = serverEnv()
  const { readChannel, ...database } = createHubDatabase(serviceDb(env))
  const hub = createHub({
    instance: crypto.randomUUID(),
    openUpstream: createSupabaseUpstream(env, readChannel),
    ...database,
    meter,
    now: Date.now,
    random: Math.random,
  })
  hearSiblings(hub.feed)
  return hub
}
