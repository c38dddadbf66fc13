import type { LiveMode } from '#lib/domain/live/live.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { createStore, type Readable } from '../audio/store.ts'
import { type Broadcast, startBroadcast } from './broadcast.ts'
import { type CaptureGraph, createCaptureGraph } from './capture-graph.ts'
import {
  type CaptureChoice,
  CaptureError,
  type CaptureErrorCode,
  type InputDevice,
  listInputs,
  openCapture,
  stopCapture,
} from './capture-source.ts'
import type { LiveApi } from './live-api.ts'
import { createLiveEncoders, type LiveEncoders } from './live-encoder.ts'
import type { Recordings, RecordingWriter } from './recordings.ts'

export type DeskProblem = CaptureErrorCode | 'device_lost' | ErrorCode

/**
 * off: nothing is captured · asking: the browser asks the person · ready: captured, and shown to the DJ alone · on_air:
 * sent · ending: captured no more, what is left is being sent.
 */
export type DeskSnapshot = {
  phase: 'off' | 'asking' | 'ready' | 'on_air' | 'ending'
  choice: CaptureChoice
  inputs: readonly InputDevice[]
  mode: LiveMode | null
  /** The stream of this browser's own, which it does not play to its own microphone. */
  streamId: string | null
  /** Server time since when it is captured; null before the first sound. */
  startsAtInMs: number | null
  /** By `performance.now()`: since when nothing gets through; null while all is well. */
  troubleSinceInMs: number | null
  problem: DeskProblem | null
}

export type LiveDesk = Readable<DeskSnapshot> & {
  /** Captures from this source, asking for it where needed. Not while on air. */
  open: (choice: CaptureChoice) => Promise<void>
  /** Captures no more. */
  close: () => void
  /** Goes on air with what is captured. */
  start: (mode: LiveMode) => void
  stop: () => void
  readLevel: CaptureGraph['readLevel']
  destroy: () => void
}

export type LiveDeskDeps = {
  api: LiveApi
  serverTimeAtInMs: (localInMs: number) => number | null
  newId: () => string
  /** Where live sets are recorded, whole whatever the network does, and what a file of one is called. */
  recordings: Pick<Recordings, 'begin'>
  nameSet: () => string
  now?: () => number
}

const atRest: DeskSnapshot = {
  phase: 'off',
  choice: { kind: 'input', deviceId: '' },
  inputs: [],
  mode: null,
  streamId: null,
  startsAtInMs: null,
  troubleSinceInMs: null,
  problem: null,
}

/** The DJ's way onto the air: a source, and one stream at a time from it. */
export function createLiveDesk({
  api,
  serverTimeAtInMs,
  newId,
  recordings,
  nameSet,
  now = () => performance.now(),
}: LiveDeskDeps): LiveDesk {
  const store = createStore(atRest)
  let stream: MediaStream | null = null
  let graph: CaptureGraph | null = null
  let encoders: LiveEncoders | null = null
  let broadcast: Broadcast | null = null
  let recording: RecordingWriter | null = null
  let isDestroyed = false

  const change = (part: Partial<DeskSnapshot>) => {
    if (!isDestroyed) store.set({ ...store.getSnapshot(), ...part })
  }

  async function open(choice: CaptureChoice): Promise<void> {
    if (broadcast || store.getSnapshot().phase === 'asking') return
    release()
    change({ phase: 'asking', choice, problem: null })
    try {
      const opened = await openCapture(choice)
      if (isDestroyed) return stopCapture(opened)
      stream = opened
      graph = await createCaptureGraph(opened)
      encoders = createLiveEncoders()
      // A headset is unplugged, or the tab is shared no more.
      for (const track of opened.getAudioTracks()) track.addEventListener('ended', () => lose(opened))
      change({ phase: 'ready', inputs: await listInputs() })
    } catch (error) {
      release()
      change({ phase: 'off', problem: error instanceof CaptureError ? error.code : 'capture_failed' })
    }
  }

  function release(): void {
    if (stream) stopCapture(stream)
    graph?.destroy()
    encoders?.destroy()
    stream = null
    graph = null
    encoders = null
  }

  function close(): void {
    if (broadcast) return
    release()
    change({ phase: 'off' })
  }

  function lose(lost: MediaStream): void {
    if (lost !== stream) return
    change({ problem: 'device_lost' })
    if (broadcast) stop()
    else close()
  }

  function start(mode: LiveMode): void {
    if (broadcast || !graph || !encoders) return
    const { encode } = encoders
    const from = graph
    const streamId = newId()
    recording = mode === 'set' ? recordings.begin(streamId, nameSet()) : null
    change({ phase: 'on_air', mode, streamId, startsAtInMs: null, troubleSinceInMs: null, problem: null })
    broadcast = startBroadcast({
      api,
      encode: (onNews) => encode(from, onNews),
      mode,
      streamId,
      record: (bytes) => recording?.add(bytes),
      serverTimeAtInMs,
      now,
      on: {
        began: (startsAtInMs) => change({ startsAtInMs }),
        trouble: (troubleSinceInMs) => change({ troubleSinceInMs }),
        ended(code) {
          broadcast = null
          recording?.end()
          const { problem } = store.getSnapshot()
          const isGone = problem === 'device_lost'
          if (isGone) release()
          change({
            phase: isGone ? 'off' : 'ready',
            mode: null,
            startsAtInMs: null,
            troubleSinceInMs: null,
            problem: code ?? problem,
          })
        },
      },
    })
  }

  function stop(): void {
    if (!broadcast || store.getSnapshot().phase !== 'on_air') return
    change({ phase: 'ending' })
    broadcast.stop()
  }

  const onDeviceChange = () => void listInputs().then((inputs) => change({ inputs }))
  globalThis.navigator?.mediaDevices?.addEventListener('devicechange', onDeviceChange)

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    open,
    close,
    start,
    stop,
    readLevel(left, right) {
      graph?.readLevel(left, right)
    },
    destroy() {
      isDestroyed = true
      if (broadcast) recording?.end()
      broadcast?.destroy()
      release()
      globalThis.navigator?.mediaDevices?.removeEventListener('devicechange', onDeviceChange)
    },
  }
}
