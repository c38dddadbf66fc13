'use client'
import { Hand } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { Button } from '#components/ui/button.tsx'
import { startTapSession, type TapSession } from '#lib/client/calibration/tap-session.ts'
import { tapsForAnEstimate } from '#lib/domain/calibration/tap-test.ts'
import { Trial } from './trial.tsx'
import { useQuietRoom } from './use-quiet-room.ts'

/** Somebody taps along with a metronome: how late the taps come is how late the sound is, and a little of the person. */
export function TapTest() {
  const t = useTranslations('sound')
  const { sound } = useRoomContext()
  const silence = useQuietRoom()
  const [session, setSession] = useState<TapSession | null>(null)
  const endRef = useRef<() => void>(() => {})
  useEffect(() => () => endRef.current(), [])

  const begin = () => {
    const restore = silence()
    const started = startTapSession(sound.getSnapshot().outputDeviceId)
    endRef.current = () => {
      endRef.current = () => {}
      started.stop()
      restore()
    }
    const unsubscribe = started.subscribe(() => {
      if (started.getSnapshot().status === 'playing') return
      unsubscribe()
      endRef.current()
    })
    setSession(started)
  }
  const close = () => {
    endRef.current()
    setSession(null)
  }

  return (
    <Trial icon={Hand} title={t('tapTitle')} text={t('tapText')}>
      {session ? (
        <RunningTaps session={session} onClose={close} onAgain={begin} />
      ) : (
        <Button look="outline" onClick={begin} className="self-start">
          {t('tapStart')}
        </Button>
      )}
    </Trial>
  )
}

type RunningTapsProps = { session: TapSession; onClose: () => void; onAgain: () => void }

function RunningTaps({ session, onClose, onAgain }: RunningTapsProps) {
  const t = useTranslations('sound')
  const { sound } = useRoomContext()
  const { status, taps, estimate } = useSyncExternalStore(
    session.subscribe,
    session.getSnapshot,
    session.getSnapshot,
  )
  const padRef = useRef<HTMLButtonElement>(null)
  useEffect(() => padRef.current?.focus(), [])

  if (status === 'playing') {
    return (
      <>
        <button
          ref={padRef}
          type="button"
          onPointerDown={(event) => session.tap(event.timeStamp)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' || event.key === 'Tab' || event.repeat) return
            event.preventDefault()
            session.tap(event.timeStamp)
          }}
          className="bubble min-h-32 touch-none select-none bg-volt font-semibold text-lg text-on-volt active:bg-volt-bright"
        >
          {t('tapPad')}
        </button>
        <div className="flex items-center justify-between gap-4">
          <p className="figures text-muted text-sm">{t('tapCount', { taps, needed: tapsForAnEstimate })}</p>
          <Button look="quiet" onClick={onClose}>
            {t('stop')}
          </Button>
        </div>
      </>
    )
  }
  const isUsable = estimate?.isSteady
  const use = () => {
    if (!estimate) return
    sound.setNudge({ nudgeInMs: estimate.delayInMs, by: 'taps', uncertaintyInMs: estimate.deviationInMs })
    onClose()
  }
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className={isUsable ? '' : 'text-warn'}>
        {status === 'failed'
          ? t('failed.not_played')
          : !estimate
            ? t('tapTooFew', { needed: tapsForAnEstimate })
            : isUsable
              ? t('tapResult', {
                  delay: Math.round(estimate.delayInMs),
                  deviation: Math.max(1, Math.round(estimate.deviationInMs)),
                  taps: estimate.taps,
                })
              : t('tapUnsteady')}
      </p>
      {isUsable ? <p className="text-muted text-sm">{t('tapCaveat')}</p> : null}
      <div className="flex flex-wrap gap-2">
        {isUsable ? <Button onClick={use}>{t('useIt')}</Button> : null}
        <Button look="outline" onClick={onAgain}>
          {t('again')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('discard')}
        </Button>
      </div>
    </div>
  )
}
