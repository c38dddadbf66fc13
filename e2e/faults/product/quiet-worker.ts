import { setTimeout as delay } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { starterTracks } from '#lib/server/starter-tracks/starter-tracks.ts'
import { publishTrack } from '../session/seed-tracks.ts'
import { childrenOf, commandOf } from './process-tree.ts'
import type { Product } from './start-product.ts'

const quietWithinInMs = 120_000

/**
 * On a fresh installation the worker renders the starter tracks, which takes a core for a while that no measure should
 * share. Puts them into the database without their sound, and waits for the one that is being rendered.
 */
export async function quietWorker(product: Product, sql: Sql): Promise<void> {
  for (const { id, title } of starterTracks) await publishTrack(sql, id, title)
  const deadline = performance.now() + quietWithinInMs
  while (isRendering(product)) {
    if (performance.now() > deadline) throw new Error('The worker does not come to rest.')
    await delay(250)
  }
}

function isRendering({ pid }: Product): boolean {
  return childrenOf(pid)
    .flatMap(childrenOf)
    .some((child) => commandOf(child).includes('render-child'))
}
