import { hashOf, seededRandom } from '#components/ui/seeded-random.ts'

/** From one bar to the next, where the whole is 100 high. */
export const barStep = 10

/** Heights from 0 to 1 that rise and fall as music does: a beat under a phrase under a slow swell. */
export function barsOf(seed: string, count: number): { x: number; height: number }[] {
  const random = seededRandom(hashOf(seed))
  const phrase = 0.25 + random() * 0.2
  const beat = 1.2 + random() * 0.6
  return Array.from({ length: count }, (_, index) => {
    const swell = 0.74 + 0.26 * Math.sin((index / count) * Math.PI * 5.2 - 0.7)
    const song = 0.56 + 0.27 * Math.sin(index * phrase) + 0.17 * Math.sin(index * beat)
    const height = Math.min(1, Math.max(0.07, swell * song * (0.55 + random() * 0.6)))
    return { x: index * barStep, height }
  })
}
