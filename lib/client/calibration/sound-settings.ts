import type { AudioEngine } from '#lib/client/audio/audio-engine.ts'
import type { OutputChoice } from '#lib/client/audio/output-devices.ts'
import type { Quality } from '#lib/client/audio/quality.ts'
import { createStore, type Readable } from '#lib/client/audio/store.ts'
import { nudgeFor, withNudge } from './nudge-book.ts'
import { askForOutputs, listOutputs, noOutputs, type Outputs, outputKey } from './output-devices.ts'
import {
  type DeviceNudge,
  nudgeRangeInMs,
  readStoredSound,
  type StoredSound,
  writeStoredSound,
} from './stored-sound.ts'

export type SoundSnapshot = {
  quality: Quality
  /** From 0 to 1. */
  volume: number
  /** The output in use; empty for the default one. */
  outputDeviceId: string
  outputs: Outputs
  /** What is set for the output in use; null where nothing is. */
  nudge: DeviceNudge | null
  /** The output may be another one, with a delay that nobody measured: Bluetooth may have come or gone. */
  isOutputDoubtful: boolean
}

export type SoundSettings = Readable<SoundSnapshot> & {
  setQuality: (quality: Quality) => void
  setVolume: (volume: number) => void
  /** Sends the sound to an output, or says why it stays where it was. */
  setOutputDevice: (outputDeviceId: string) => Promise<OutputChoice>
  /** Sets the nudge of the output in use; null takes it back. */
  setNudge: (nudge: DeviceNudge | null) => void
  /** Lets the person show their outputs to this page. @throws DOMException where they do not */
  askForOutputs: () => Promise<void>
  /** Looks again: once a microphone was allowed, the browser names more. */
  refresh: () => void
  /** The person has seen that the output may be another one. */
  trustOutput: () => void
  destroy: () => void
}

export type SoundSettingsDeps = {
  engine: Pick<AudioEngine, 'setNudgeInMs' | 'setQuality' | 'setVolume' | 'setOutputDevice'>
  storage: Pick<Storage, 'getItem' | 'setItem'>
  media: MediaDevices | undefined
}

/**
 * How this browser plays: its quality, its volume, its output, and a nudge for each output, kept from visit to visit. No browser tells
 * when the latency of an output changes; that the devices changed is told, and then the delay is in doubt.
 */
export function createSoundSettings({ engine, storage, media }: SoundSettingsDeps): SoundSettings {
  let stored = readStoredSound(storage)
  let outputs = noOutputs
  let isOutputDoubtful = false
  let askedOutput = ''
  let refusedOutput: string | null = null
  let isDestroyed = false
  const store = createStore(snapshot())

  /** A device that is gone, or not allowed now, gives way to the default one, and has its place again later. */
  function outputInUse(): string {
    const { outputDeviceId } = stored
    const isGone = outputs.devices.length > 0 && !isAmong(outputs, outputDeviceId)
    return isGone || outputDeviceId === refusedOutput ? '' : outputDeviceId
  }

  function snapshot(): SoundSnapshot {
    const outputDeviceId = outputInUse()
    return {
      quality: stored.quality,
      volume: stored.volume,
      outputDeviceId,
      outputs,
      nudge: nudgeFor(stored.nudges, outputKey(outputDeviceId, outputs)),
      isOutputDoubtful,
    }
  }

  function publish(): void {
    const before = store.getSnapshot()
    const after = snapshot()
    store.set(after)
    engine.setNudgeInMs(after.nudge?.nudgeInMs ?? 0)
    if (after.quality !== before.quality) engine.setQuality(after.quality)
    if (after.volume !== before.volume) engine.setVolume(after.volume)
    void applyOutput()
  }

  async function applyOutput(): Promise<OutputChoice> {
    const wanted = outputInUse()
    if (wanted === askedOutput) return 'ok'
    askedOutput = wanted
    const choice = await engine.setOutputDevice(wanted)
    if (choice !== 'ok' && wanted === askedOutput && !isDestroyed) {
      refusedOutput = wanted
      askedOutput = ''
      publish()
    }
    return choice
  }

  function keep(change: Partial<StoredSound>): void {
    stored = { ...stored, ...change }
    writeStoredSound(storage, stored)
    publish()
  }

  async function look(): Promise<void> {
    const found = await listOutputs(media).catch(() => noOutputs)
    if (isDestroyed) return
    outputs = found
    publish()
  }

  async function onDeviceChange(): Promise<void> {
    const keyBefore = outputKey(outputInUse(), outputs)
    const nudgeBefore = store.getSnapshot().nudge
    refusedOutput = null
    await look()
    if (isDestroyed) return
    const key = outputKey(outputInUse(), outputs)
    const isKnown = key in stored.nudges || key === keyBefore
    // Where the browser names nothing, it may be another one under the same key.
    isOutputDoubtful = key === 'default' ? nudgeBefore !== null : !isKnown
    publish()
  }

  engine.setQuality(stored.quality)
  engine.setVolume(stored.volume)
  publish()
  media?.addEventListener('devicechange', onDeviceChange)
  void look()

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    setQuality: (quality) => keep({ quality }),
    setVolume: (volume) => keep({ volume }),
    async setOutputDevice(outputDeviceId) {
      isOutputDoubtful = false
      refusedOutput = null
      stored = { ...stored, outputDeviceId }
      const choice = await applyOutput()
      keep({})
      return choice
    },
    setNudge(nudge) {
      isOutputDoubtful = false
      const { min, max } = nudgeRangeInMs
      const clamped = nudge && {
        ...nudge,
        nudgeInMs: Math.round(Math.min(max, Math.max(min, nudge.nudgeInMs))),
      }
      keep({ nudges: withNudge(stored.nudges, outputKey(outputInUse(), outputs), clamped) })
    },
    async askForOutputs() {
      if (!media) return
      const chosen = await askForOutputs(media)
      refusedOutput = null
      await look()
      if (chosen !== null) keep({ outputDeviceId: chosen })
    },
    refresh: () => void look(),
    trustOutput() {
      isOutputDoubtful = false
      publish()
    },
    destroy() {
      isDestroyed = true
      media?.removeEventListener('devicechange', onDeviceChange)
    },
  }
}

function isAmong({ devices }: Outputs, outputDeviceId: string): boolean {
  return !outputDeviceId || devices.some(({ deviceId }) => deviceId === outputDeviceId)
}
