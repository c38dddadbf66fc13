import { hashOf, seededRandom } from './seeded-random.ts'

/** A ground and the light that falls on it; coral is left out, since it means "on air" alone. */
const lights = [
  { ground: '#20260b', light: '#d9f54a', glow: '#7f9420' },
  { ground: '#0c2320', light: '#8fe0cb', glow: '#2d7567' },
  { ground: '#2b1b09', light: '#ffc163', glow: '#9a6620' },
  { ground: '#1c1a18', light: '#f0e8d9', glow: '#6f675b' },
  { ground: '#101d2b', light: '#a5d0f5', glow: '#38658d' },
  { ground: '#2a1420', light: '#f3a9c4', glow: '#8c3d5e' },
] as const

export type CoverShape =
  | { kind: 'circle'; x: number; y: number; radius: number; width: number; strong: boolean }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; width: number; strong: boolean }

export type CoverPattern = { ground: string; light: string; glow: string; shapes: CoverShape[] }

type Random = () => number

/** The grooves of a record whose middle has wandered off. */
function grooves(random: Random): CoverShape[] {
  const x = 15 + random() * 70
  const y = 15 + random() * 70
  const gap = 4 + random() * 3
  const loud = Math.floor(random() * 6) + 2
  return Array.from({ length: 22 }, (_, index) => ({
    kind: 'circle' as const,
    x,
    y,
    radius: 3 + index * gap,
    width: index % loud === 0 ? 2.4 : 0.7,
    strong: index % loud === 0,
  }))
}

/** A few bars of sound. */
function bars(random: Random): CoverShape[] {
  const count = 9 + Math.floor(random() * 8)
  const step = 100 / count
  const phase = random() * Math.PI * 2
  const speed = 0.4 + random() * 0.9
  return Array.from({ length: count }, (_, index) => {
    const height = 8 + 34 * Math.abs(Math.sin(phase + index * speed)) * (0.45 + random() * 0.55)
    const x = step * (index + 0.5)
    return {
      kind: 'line' as const,
      x1: x,
      y1: 50 - height,
      x2: x,
      y2: 50 + height,
      width: step * 0.46,
      strong: height > 22,
    }
  })
}

/** Light from one lamp above the floor. */
function beams(random: Random): CoverShape[] {
  const x = 10 + random() * 80
  const count = 15
  return Array.from({ length: count }, (_, index) => {
    const angle = Math.PI * ((index + 0.5) / count)
    return {
      kind: 'line' as const,
      x1: x,
      y1: -6,
      x2: x + Math.cos(angle) * 160,
      y2: -6 + Math.sin(angle) * 160,
      width: index % 3 === 0 ? 3.2 : 0.8,
      strong: index % 3 === 0,
    }
  })
}

/** Waves of two near tones, which beat against each other. */
function interference(random: Random): CoverShape[] {
  const centres = [
    { x: 10 + random() * 30, y: 20 + random() * 60 },
    { x: 60 + random() * 30, y: 20 + random() * 60 },
  ]
  return centres.flatMap(({ x, y }, which) =>
    Array.from({ length: 13 }, (_, index) => ({
      kind: 'circle' as const,
      x,
      y,
      radius: 4 + index * (which === 0 ? 6 : 6.6),
      width: 1.3,
      strong: which === 0,
    })),
  )
}

const painters = [grooves, bars, beams, interference]

/** What stands in for a missing artwork: drawn from the id, in the colours of the house, on a square of 100. */
export function coverPattern(id: string): CoverPattern {
  const random = seededRandom(hashOf(id))
  const light = lights[Math.floor(random() * lights.length)] ?? lights[0]
  const paint = painters[Math.floor(random() * painters.length)] ?? grooves
  return { ...light, shapes: paint(random) }
}
