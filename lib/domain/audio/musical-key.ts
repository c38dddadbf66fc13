/** A key as it is stored and shown: its tonic, with `m` behind it for minor. */
export const musicalKeys = [
  ...['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'],
  ...['Cm', 'C#m', 'Dm', 'Ebm', 'Em', 'Fm', 'F#m', 'Gm', 'G#m', 'Am', 'Bbm', 'Bm'],
] as readonly MusicalKey[]
export type MusicalKey =
  | ('C' | 'Db' | 'D' | 'Eb' | 'E' | 'F' | 'F#' | 'G' | 'Ab' | 'A' | 'Bb' | 'B')
  | ('Cm' | 'C#m' | 'Dm' | 'Ebm' | 'Em' | 'Fm' | 'F#m' | 'Gm' | 'G#m' | 'Am' | 'Bbm' | 'Bm')

export function isMusicalKey(text: string): text is MusicalKey {
  return (musicalKeys as readonly string[]).includes(text)
}

/**
 * The key's place on the wheel by which DJs mix: neighbours share all tones but one, and `8A` (A minor) has the tones
 * of `8B` (C major).
 */
export function wheelPosition(key: MusicalKey): { hour: number; letter: 'A' | 'B' } {
  const index = musicalKeys.indexOf(key)
  const isMinor = index >= 12
  // In fifths from C major (8B); a minor key stands with its relative major, three semitones up.
  const relativeMajor = isMinor ? (index + 3) % 12 : index
  return { hour: ((relativeMajor * 7 + 7) % 12) + 1, letter: isMinor ? 'A' : 'B' }
}

/** The position as it is written: `8A`. */
export function wheelCode(key: MusicalKey): string {
  const { hour, letter } = wheelPosition(key)
  return `${hour}${letter}`
}
