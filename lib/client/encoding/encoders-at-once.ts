const atOnceMax = 4

/** How many files to encode at the same time: a core stays free for the page, which may be playing to a room. */
export function encodersAtOnce(cores: number | undefined): number {
  return Math.min(atOnceMax, Math.max(1, (cores ?? 2) - 1))
}
