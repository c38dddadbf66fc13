import { reactionEmojis } from '#lib/domain/limits/limits.ts'
import { createChance } from './chance.ts'

/** What one client does at one moment. `pick` chooses, among what the client sees by then, what it is done to. */
export type Deed = { atInMs: number; client: number; pick: number } & (
  | { does: 'chat'; text: string }
  | { does: 'react'; emoji: (typeof reactionEmojis)[number] }
  | { does: 'ask' | 'vote' | 'take_back' | 'play' | 'seek' | 'skip' }
)

/** How long people act. */
export const actingInMs = 9_000

/** How often each is done by all together, in times a second. */
const rates = { chat: 4, react: 3, ask: 0.7, vote: 4, take_back: 1, seek: 0.4, skip: 0.15 }
type Kind = keyof typeof rates

/** The client that is the DJ; it alone plays, seeks and skips. */
export const djClient = 0

/** What the people of one session do, from its seed. The DJ presses play early. */
export function planDeeds(seed: number, clientCount: number): Deed[] {
  const chance = createChance(seed)
  const deeds: Deed[] = [{ atInMs: 700, client: djClient, pick: 0, does: 'play' }]
  for (const kind of Object.keys(rates) as Kind[]) {
    const count = Math.round((rates[kind] * actingInMs) / 1000)
    for (let number = 1; number <= count; number++) {
      const isDjs = kind === 'seek' || kind === 'skip'
      const client = isDjs ? djClient : chance.integer(0, clientCount - 1)
      const atInMs = Math.round(chance.between(isDjs ? 1_500 : 0, actingInMs))
      deeds.push({ atInMs, client, pick: chance.random(), ...detailOf(kind, number, chance.random()) })
    }
  }
  return deeds.sort((one, other) => one.atInMs - other.atInMs)
}

function detailOf(kind: Kind, number: number, random: number) {
  if (kind === 'chat') return { does: kind, text: `¿Qué suena? ${number} 🎶` } as const
  if (kind === 'react') {
    return { does: kind, emoji: reactionEmojis[Math.floor(random * reactionEmojis.length)] ?? '🔥' } as const
  }
  return { does: kind } as const
}
