'use client'
import { Mic } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { Button } from '#components/ui/button.tsx'
import { type Calibration, type CalibrationProgress, calibrate } from '#lib/client/calibration/calibrate.ts'
import { CalibrationResult } from './calibration-result.tsx'
import { Trial } from './trial.tsx'
import { useQuietRoom } from './use-quiet-room.ts'

type State =
  | { kind: 'idle' }
  | ({ kind: 'running' } & CalibrationProgress)
  | { kind: 'done'; calibration: Calibration }

/** From this level on the microphone certainly hears something. */
const heardAbove = 0.01

/** Plays chirps, hears them by the microphone, and finds out how late the output is. */
export function MicrophoneCalibration() {
  const t = useTranslations('sound')
  const { sound } = useRoomContext()
  const silence = useQuietRoom()
  const [state, setState] = useState<State>({ kind: 'idle' })
  const abortRef = useRef<AbortController | null>(null)
  useEffect(() => () => abortRef.current?.abort(), [])

  const begin = async () => {
    const restore = silence()
    const abort = new AbortController()
    abortRef.current = abort
    setState({ kind: 'running', part: 0, peak: 0 })
    try {
      const { outputDeviceId } = sound.getSnapshot()
      const onProgress = (progress: CalibrationProgress) => setState({ kind: 'running', ...progress })
      setState({ kind: 'done', calibration: await calibrate(outputDeviceId, onProgress, abort.signal) })
    } catch {
      setState({ kind: 'idle' })
    } finally {
      restore()
      sound.refresh()
    }
  }

  return (
    <Trial icon={Mic} title={t('micTitle')} text={t('micText')}>
      {state.kind === 'idle' ? (
        <Button look="outline" onClick={begin} className="self-start">
          {t('micStart')}
        </Button>
      ) : state.kind === 'running' ? (
        <div className="flex flex-col gap-3">
          <progress
            aria-label={t('micProgress')}
            value={state.part}
            className="h-2 w-full overflow-hidden rounded-full accent-volt"
          />
          <div className="flex items-center justify-between gap-4">
            <p aria-live="polite" className="text-muted text-sm">
              {state.peak > heardAbove ? t('micHears') : t('micListens')}
            </p>
            <Button look="quiet" onClick={() => abortRef.current?.abort()}>
              {t('stop')}
            </Button>
          </div>
        </div>
      ) : (
        <CalibrationResult
          calibration={state.calibration}
          onAgain={begin}
          onClose={() => setState({ kind: 'idle' })}
        />
      )}
    </Trial>
  )
}
