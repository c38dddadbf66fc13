'use client'
import { useTranslations } from 'next-intl'
import type { CaptureChoice } from '#lib/client/live/capture-source.ts'
import { useDesk, useLiveDesk } from './live-desk-context.ts'

const tabValue = 'tab'

/** Where the live sound comes from. Devices have names once the browser has let us at one of them. */
export function SourcePicker() {
  const t = useTranslations('live')
  const desk = useLiveDesk()
  const inputs = useDesk((state) => state.inputs)
  const choice = useDesk((state) => state.choice)
  const phase = useDesk((state) => state.phase)
  const isLocked = phase !== 'off' && phase !== 'ready'
  return (
    <label className="flex min-w-0 items-center gap-2 text-sm">
      <span className="sr-only">{t('source')}</span>
      <select
        value={choice.kind === 'tab' ? tabValue : `input:${choice.deviceId}`}
        disabled={isLocked}
        onChange={(event) => void desk.open(choiceFrom(event.currentTarget.value))}
        className="bubble min-h-11 max-w-56 truncate border border-edge bg-control px-3 text-text"
      >
        <option value="input:">{t('systemInput')}</option>
        {inputs
          .filter(({ deviceId }) => deviceId !== 'default')
          .map(({ deviceId, label }) => (
            <option key={deviceId} value={`input:${deviceId}`}>
              {label || t('namelessInput')}
            </option>
          ))}
        <option value={tabValue}>{t('tabSound')}</option>
      </select>
    </label>
  )
}

function choiceFrom(value: string): CaptureChoice {
  return value === tabValue ? { kind: 'tab' } : { kind: 'input', deviceId: value.slice('input:'.length) }
}
