/** The identity's lights: ember for what is felt, volt for what is sung, and a cool one for what glitters. */
const lights = [
  [255, 106, 85],
  [217, 245, 74],
  [122, 214, 255],
] as const
const dark = [69, 60, 49] as const
/** How much of its colour a bar keeps that has not sounded yet. */
const unlitShare = 0.22

/**
 * A colour a bar, mixed of three lights as low, middle and high tones are in it.
 * @param bands three hexadecimal digits a bar of the track's own
 */
export function coloursOfBars(bands: string, count: number): { lit: string; unlit: string }[] {
  const ownCount = Math.max(1, Math.floor(bands.length / 3))
  return Array.from({ length: count }, (_, index) => {
    const at = Math.min(ownCount - 1, Math.floor((index * ownCount) / count)) * 3
    // Squared, so that the strongest decides: an even mix of three lights is grey.
    const strengths = [0, 1, 2].map((band) => Number.parseInt(bands.charAt(at + band) || '0', 16) ** 2)
    const sum = strengths.reduce((total, strength) => total + strength, 0)
    const mixed = [0, 1, 2].map((channel) =>
      sum === 0
        ? (lights[1][channel] ?? 0)
        : lights.reduce((total, light, band) => total + (light[channel] ?? 0) * (strengths[band] ?? 0), 0) /
          sum,
    )
    const faded = mixed.map((value, channel) => (dark[channel] ?? 0) * (1 - unlitShare) + value * unlitShare)
    return { lit: rgb(mixed), unlit: rgb(faded) }
  })
}

function rgb(channels: readonly number[]): string {
  return `rgb(${channels.map(Math.round).join(' ')})`
}
