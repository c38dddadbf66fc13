import type { DeviceName, DeviceState } from '#lib/protocol/devices.ts'
import type { AudioEngine, AudioSnapshot } from '../audio/audio-engine.ts'
import { createStore, type Readable } from '../audio/store.ts'
import type { DeviceLine } from './device-line.ts'

export type OtherDevicesSnapshot = {
  /** Whether this person's devices can find each other on this connection; null while it is not known. */
  canMeet: boolean | null
  /** The person's other devices that have their sound on in this session. */
  listening: readonly DeviceName[]
  /** The music is on its way here; the others play on until it sounds. */
  isMoving: boolean
  /** Where the music went from here; null where it is here, or was turned off here. */
  movedTo: DeviceName | null
}

export type OtherDevices = Readable<OtherDevicesSnapshot> & {
  /** Turns the sound on here and, once it is in sync, off on the person's other devices. Call it inside a gesture. */
  moveHere: () => void
  destroy: () => void
}

export type OtherDevicesDeps = {
  deviceId: string
  line: DeviceLine
  audio: Pick<AudioEngine, 'start' | 'stop' | 'subscribe'> & {
    getSnapshot(): Pick<AudioSnapshot, 'phase' | 'livePhase' | 'isListening'>
  }
  /** Whether the connection reaches the line; null while it is not known which one it is. */
  canMeet: Readable<boolean | null>
}

/** Lets one person's listening move between their devices, when they ask for it: without a gap, and never by itself. */
export function watchOtherDevices({ deviceId, line, audio, canMeet }: OtherDevicesDeps): OtherDevices {
  const store = createStore<OtherDevicesSnapshot>({
    canMeet: null,
    listening: [],
    isMoving: false,
    movedTo: null,
  })
  const set = (change: Partial<OtherDevicesSnapshot>): void =>
    store.set({ ...store.getSnapshot(), ...change })

  const onDevices = (devices: ReadonlyMap<string, readonly DeviceState[]>): void => {
    const others = [...devices].filter(([id]) => id !== deviceId)
    set({ listening: others.flatMap(([, tabs]) => tabs.find(({ isListening }) => isListening) ?? []) })
  }

  const follow = (): void => {
    const next = canMeet.getSnapshot()
    if (next === store.getSnapshot().canMeet) return
    set({ canMeet: next, listening: [] })
    if (next) line.open({ onDevices, onMoved })
    else line.close()
  }

  function onMoved({ browser, system }: DeviceName): void {
    if (!audio.getSnapshot().isListening) return
    audio.stop()
    set({ movedTo: { browser, system } })
  }

  const look = (): void => {
    const { isListening } = audio.getSnapshot()
    const { isMoving, movedTo } = store.getSnapshot()
    line.tell(isListening)
    if (isListening && movedTo) set({ movedTo: null })
    if (!isMoving) return
    if (!isListening) set({ isMoving: false })
    else if (isSettled(audio.getSnapshot())) {
      set({ isMoving: false })
      line.tellMoved()
    }
  }

  const unsubscribes = [audio.subscribe(look), canMeet.subscribe(follow)]
  look()
  follow()
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    moveHere: () => {
      audio.start()
      set({ isMoving: true })
      look()
    },
    destroy: () => {
      for (const unsubscribe of unsubscribes) unsubscribe()
      line.close()
    },
  }
}

/** In sync with whatever there is to be heard; also where that is nothing. */
function isSettled({ phase, livePhase }: Pick<AudioSnapshot, 'phase' | 'livePhase'>): boolean {
  return [phase, livePhase].every((each) => each === 'in_sync' || each === 'silent')
}
