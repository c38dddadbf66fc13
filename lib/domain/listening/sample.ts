/** So many reports a minute are enough to know how a room hears, however large it is. */
export const reportersMax = 200

/**
 * Whether somebody is among those who report: everybody in a small room, in a large one the same few hundred all the time,
 * whoever they are. Nobody needs to be told: it follows from one's id and the size of the room.
 */
export function isAmongReporters(userId: string, hereCount: number): boolean {
  return hereCount <= reportersMax || placeOf(userId) < reportersMax / hereCount
}

/** A place between 0 and 1 that hangs on the id alone (FNV-1a, finished as murmur3 does to spread nearby ids). */
function placeOf(userId: string): number {
  let hash = 0x811c9dc5
  for (const character of userId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
