import type { DeviceNudge } from './stored-sound.ts'

/** The nudges of all outputs, by `outputKey`. */
export type NudgeBook = Readonly<Record<string, DeviceNudge>>

const unnamed = 'default'
const isNamedDefault = (key: string) => key.startsWith(`${unnamed}:`)

/**
 * The nudge of an output. What was set for the default one while the browser named nothing is taken for the first default
 * that it names: it was hardly another one.
 */
export function nudgeFor(book: NudgeBook, key: string): DeviceNudge | null {
  const isFirstNamed = isNamedDefault(key) && !Object.keys(book).some(isNamedDefault)
  return book[key] ?? (isFirstNamed ? book[unnamed] : undefined) ?? null
}

/** The book with another nudge for an output, or without one. The newest of any default stands for an unnamed one too. */
export function withNudge(book: NudgeBook, key: string, nudge: DeviceNudge | null): NudgeBook {
  const keys = isNamedDefault(key) ? [key, unnamed] : [key]
  const others = Object.fromEntries(Object.entries(book).filter(([known]) => !keys.includes(known)))
  return nudge ? { ...others, ...Object.fromEntries(keys.map((each) => [each, nudge])) } : others
}
