import { z } from 'zod'
import { qualities } from '#lib/client/audio/quality.ts'

/** Outputs are late, by half a second at the worst; early is only what was made up for too much. */
export const nudgeRangeInMs = { min: -200, max: 700 }

const deviceNudgeSchema = z.object({
  /** How much earlier the music is played here than the clock says, because this output is late by as much. */
  nudgeInMs: z.number().min(nudgeRangeInMs.min).max(nudgeRangeInMs.max),
  by: z.enum(['hand', 'taps', 'microphone']),
  uncertaintyInMs: z.number().nonnegative().nullable(),
})
export type DeviceNudge = z.infer<typeof deviceNudgeSchema>

const storedSoundSchema = z.object({
  quality: z.enum(qualities).catch('auto'),
  /** From 0 to 1, of what the device plays at. */
  volume: z.number().min(0).max(1).catch(1),
  outputDeviceId: z.string().catch(''),
  nudges: z.record(z.string(), deviceNudgeSchema).readonly().catch({}),
})
export type StoredSound = z.infer<typeof storedSoundSchema>

const storageKey = 'whatssound:sound'

/** What this browser keeps about its sound; the defaults where it keeps nothing, or nothing that can be read. */
export function readStoredSound(storage: Pick<Storage, 'getItem'>): StoredSound {
  try {
    return storedSoundSchema.parse(JSON.parse(storage.getItem(storageKey) ?? '{}'))
  } catch {
    return { quality: 'auto', volume: 1, outputDeviceId: '', nudges: {} }
  }
}

/** Keeps it for the next time; a browser that keeps nothing only forgets it. */
export function writeStoredSound(storage: Pick<Storage, 'setItem'>, sound: StoredSound): void {
  try {
    storage.setItem(storageKey, JSON.stringify(sound))
  } catch {}
}
