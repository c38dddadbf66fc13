import { serverEnv } from '#lib/env/server.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import { serviceDb } from '../db/clients.ts'
import { log } from '../log.ts'
import { createHub, type Hub } from './hub/hub.ts'
import { createHubDatabase } from './hub/hub-database.ts'
import type { HubMeter } from './hub/hub-meter.ts'
import { createSupabaseUpstream } from './hub/supabase-upstream.ts'
import { createHubMeter } from './metrics.ts'
import { hearSiblings, tellSiblings } from './siblings.ts'
import { createHearSigns } from './signs/hear-signs.ts'
import { createSignsOfLife, type SignsOfLife } from './signs/signs-of-life.ts'

type Open = { hub: Hub; signs: SignsOfLife }

/** Next bundles a copy of this module of its own; both copies meet here. */
const key = Symbol.for('whatssound.hub')
const shared = globalThis as typeof globalThis & { [key]?: Open }

/** The process's one hub, opened by whoever asks first. Needs the server's environment. */
export function theHub(meter?: HubMeter): Hub {
  return theOpen(meter).hub
}

/** Who is still here, as the process's hub and its sessions hear of it. Needs the server's environment. */
export function theSigns(): SignsOfLife {
  return theOpen().signs
}

function theOpen(meter?: HubMeter): Open {
  shared[key] ??= openHub(meter ?? createHubMeter())
  return shared[key]
}

/** Tells the readers of this process, and of those beside it, what this one committed; nothing where nobody reads. */
export function feedTheHub(envelope: Envelope): void {
  shared[key]?.hub.feed(envelope)
  tellSiblings(envelope)
}

/** Says goodbye to this process's readers, for good; nothing where there never were any. */
export async function closeTheHub(): Promise<void> {
  shared[key]?.signs.close()
  await shared[key]?.hub.close()
}

function openHub(meter: HubMeter): Open {
  const env = serverEnv()
  const db = serviceDb(env)
  const { readChannel, ...database } = createHubDatabase(db)
  const hub = createHub({
    instance: crypto.randomUUID(),
    openUpstream: createSupabaseUpstream(env, readChannel),
    ...database,
    meter,
    now: Date.now,
    random: Math.random,
  })
  hearSiblings(hub.feed)
  const signs = createSignsOfLife({ hear: createHearSigns(db), hub, log, now: Date.now })
  return { hub, signs }
}
