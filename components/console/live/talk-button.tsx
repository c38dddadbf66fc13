'use client'
import { Mic } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { useDesk } from './live-desk-context.ts'
import { useTalk } from './use-talk.ts'

/** Talks over the music: a tap turns it on and off, holding it talks for so long. */
export function TalkButton() {
  const t = useTranslations('live')
  const { press, release } = useTalk()
  const isTalking = useDesk(({ phase, mode }) => phase === 'on_air' && mode === 'talk')
  const isPossible = useDesk(
    ({ phase, mode }) => phase === 'ready' || (phase === 'on_air' && mode === 'talk'),
  )
  return (
    <Button
      look={isTalking ? 'warn' : 'outline'}
      aria-pressed={isTalking}
      aria-keyshortcuts="T"
      disabled={!isPossible}
      onPointerDown={(event) => {
        if (event.button === 0) press()
      }}
      onPointerUp={release}
      onPointerCancel={release}
      // Keyboards and screen readers click without a pointer.
      onClick={(event) => {
        if (event.detail === 0) press()
      }}
    >
      <Mic className="size-4" aria-hidden="true" />
      {isTalking ? t('stopTalking') : t('talk')}
    </Button>
  )
}
