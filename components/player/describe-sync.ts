import type { AudioSnapshot } from '#lib/client/audio/audio-engine.ts'
import { heardPhase, isLiveAlone } from '#lib/client/audio/audio-snapshot.ts'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'

export type SyncKind = 'idle' | 'waiting' | 'blocked' | 'loading' | 'finding' | 'failed' | 'inSync'

/** What the readout says of this listener's sound. */
export function describeSync(
  audio: Pick<AudioSnapshot, 'phase' | 'livePhase' | 'isListening'>,
  playbackStatus: Timeline['status'],
): SyncKind {
  const status = isLiveAlone(audio) ? 'playing' : playbackStatus
  if (status === 'idle') return 'idle'
  if (audio.phase === 'needs_gesture' || !audio.isListening) return 'blocked'
  if (status === 'paused') return 'waiting'
  switch (heardPhase(audio)) {
    case 'needs_gesture':
      return 'blocked'
    case 'silent':
      return 'idle'
    case 'loading':
      return 'loading'
    case 'acquiring':
    case 'stalled':
      return 'finding'
    case 'failed':
      return 'failed'
    case 'in_sync':
      return 'inSync'
  }
}
