import type { AudioSnapshot } from '#lib/client/audio/audio-engine.ts'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'

export type SyncReading =
  | { kind: 'idle' | 'waiting' | 'blocked' | 'loading' | 'finding' | 'failed' }
  | { kind: 'inSync'; offsetInMs: number | null }

/** What the readout says of this listener's sound. */
export function describeSync(
  audio: Pick<AudioSnapshot, 'phase' | 'isListening' | 'offsetInMs'>,
  status: Timeline['status'],
): SyncReading {
  if (status === 'idle') return { kind: 'idle' }
  if (audio.phase === 'needs_gesture' || !audio.isListening) return { kind: 'blocked' }
  if (status === 'paused') return { kind: 'waiting' }
  switch (audio.phase) {
    case 'silent':
      return { kind: 'idle' }
    case 'loading':
      return { kind: 'loading' }
    case 'acquiring':
    case 'stalled':
      return { kind: 'finding' }
    case 'failed':
      return { kind: 'failed' }
    case 'in_sync':
      return { kind: 'inSync', offsetInMs: audio.offsetInMs }
  }
}
