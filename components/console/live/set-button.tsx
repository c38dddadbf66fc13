'use client'
import { Radio } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { useDesk, useLiveDesk } from './live-desk-context.ts'

/** A live set: the source takes the place of the music. */
export function SetButton() {
  const t = useTranslations('live')
  const desk = useLiveDesk()
  const isLive = useDesk(({ phase, mode }) => phase === 'on_air' && mode === 'set')
  const isPossible = useDesk(({ phase, mode }) => phase === 'ready' || (phase === 'on_air' && mode === 'set'))
  return (
    <Button
      look={isLive ? 'warn' : 'signal'}
      disabled={!isPossible}
      onClick={() => (isLive ? desk.stop() : desk.start('set'))}
    >
      <Radio className="size-4" aria-hidden="true" />
      {isLive ? t('endSet') : t('startSet')}
    </Button>
  )
}
