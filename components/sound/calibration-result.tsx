'use client'
import { useTranslations } from 'next-intl'
import { useRoomContext } from '#components/room/room-context.ts'
import { Button } from '#components/ui/button.tsx'
import type { Calibration } from '#lib/client/calibration/calibrate.ts'

type CalibrationResultProps = { calibration: Calibration; onAgain: () => void; onClose: () => void }

/** What the microphone found, how sure that is, and what no browser can know. */
export function CalibrationResult({ calibration, onAgain, onClose }: CalibrationResultProps) {
  const t = useTranslations('sound')
  const { sound } = useRoomContext()
  const use = () => {
    if (!calibration.ok) return
    const { delayInMs, uncertaintyInMs } = calibration
    sound.setNudge({ nudgeInMs: delayInMs, by: 'microphone', uncertaintyInMs })
    onClose()
  }
  return (
    <div role="status" className="flex flex-col gap-3">
      {calibration.ok ? (
        <>
          <p>
            {t('micResult', {
              delay: Math.round(calibration.delayInMs),
              uncertainty: Math.max(1, Math.round(calibration.uncertaintyInMs)),
            })}
          </p>
          <p className="text-muted text-sm">
            {t(calibration.confidence === 'high' ? 'confidenceHigh' : 'confidenceFair', {
              agreed: calibration.agreed,
              played: calibration.played,
            })}{' '}
            {calibration.inputLatencyInMs === null
              ? t('inputUnknown')
              : t('inputKnown', { latency: Math.round(calibration.inputLatencyInMs) })}
          </p>
        </>
      ) : (
        <p className="text-warn">{t(`failed.${calibration.reason}`)}</p>
      )}
      <div className="flex flex-wrap gap-2">
        {calibration.ok ? <Button onClick={use}>{t('useIt')}</Button> : null}
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
