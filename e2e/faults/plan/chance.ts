import { createRandom } from '#lib/server/starter-tracks/synth/random.ts'

/** Draws from a seed: the same seed draws the same. */
export type Chance = {
  /** From [0, 1). */
  random: () => number
  between: (min: number, max: number) => number
  integer: (min: number, max: number) => number
  oneOf: <T>(list: readonly T[]) => T
  /** `count` different ones, in drawn order. */
  someOf: <T>(list: readonly T[], count: number) => T[]
}

export function createChance(seed: number): Chance {
  const random = createRandom(seed)
  const between = (min: number, max: number) => min + random() * (max - min)
  const integer = (min: number, max: number) => Math.floor(between(min, max + 1))
  const someOf = <T>(list: readonly T[], count: number): T[] => {
    const left = [...list]
    return Array.from({ length: Math.min(count, list.length) }, () =>
      left.splice(integer(0, left.length - 1), 1),
    ).flat()
  }
  return {
    random,
    between,
    integer,
    someOf,
    oneOf: (list) => {
      const [drawn] = someOf(list, 1)
      if (drawn === undefined) throw new Error('There is nothing to draw from.')
      return drawn
    },
  }
}
