'use client'
import { Blend } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCommand, useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { OpenerProps } from '#components/ui/use-opener.ts'
import { limits } from '#lib/domain/limits/limits.ts'

const maxInSeconds = limits.crossfadeMaxInMs / 1_000

/** How long the end of a song and the beginning of the next one sound together. */
export function CrossfadeControl() {
  const t = useTranslations('crossfade')
  const command = useCommand()
  const setInMs = useRoom((view) => view.session.crossfadeInMs)
  /** What is being chosen, until the room has it. */
  const [chosen, setChosen] = useState<{ seconds: number; insteadOfInMs: number } | null>(null)
  const seconds = chosen?.insteadOfInMs === setInMs ? chosen.seconds : setInMs / 1_000

  const take = async (): Promise<void> => {
    const crossfadeInMs = seconds * 1_000
    if (crossfadeInMs === setInMs) return
    const { ok } = await command({ kind: 'playback.set_crossfade', crossfadeInMs })
    if (!ok) setChosen(null)
  }

  const value = seconds === 0 ? t('off') : t('seconds', { seconds })
  const button = (opener: OpenerProps) => (
    <Button {...opener} look="outline" aria-label={t('open', { value })}>
      <Blend className="size-4" aria-hidden="true" />
      <span className="figures text-sm">{value}</span>
    </Button>
  )
  return (
    <Popover button={button} title={t('title')}>
      <p>{t('explain')}</p>
      <div className="mt-3 flex items-center gap-3">
        <input
          type="range"
          aria-label={t('title')}
          aria-valuetext={value}
          min={0}
          max={maxInSeconds}
          step={1}
          value={seconds}
          onChange={(event) =>
            setChosen({ seconds: event.currentTarget.valueAsNumber, insteadOfInMs: setInMs })
          }
          onPointerUp={() => void take()}
          onKeyUp={() => void take()}
          onBlur={() => void take()}
          className="h-11 min-w-0 flex-1 cursor-pointer"
        />
        <output className="figures min-w-[4ch] text-right text-text">{value}</output>
      </div>
    </Popover>
  )
}
