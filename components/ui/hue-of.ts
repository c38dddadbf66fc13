import { hashOf } from './seeded-random.ts'

/** Light tones that all reach 7:1 on the ground; coral is left out, since it means "on air" alone. */
const hues = ['#d9f54a', '#8fe0cb', '#ffc163', '#f6f0e4', '#a5d0f5', '#f3a9c4', '#c8b6f0', '#b8dd8a'] as const

/** A person's colour: the same everywhere and for everybody. */
export function hueOf(id: string): string {
  return hues[hashOf(id) % hues.length] ?? hues[0]
}
