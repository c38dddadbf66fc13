'use client'
import { HandCoins } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { useOpener } from '#components/ui/use-opener.ts'
import { useTipOffer } from './use-tip-offer.ts'

const loadTipSheet = () => import('./tip-sheet.tsx').then(({ TipSheet }) => TipSheet)

/** Gives the DJ something; there only where they can be tipped, and for everybody but themselves. */
export function TipButton({ djName }: { djName: string }) {
  const t = useTranslations('tips')
  const { offer } = useTipOffer()
  const isDj = useRoom((view) => view.me.userId === view.session.djId)
  const { Popup, opener, opened } = useOpener(loadTipSheet, 'dialog')
  if (isDj || !offer?.canBeTipped || offer.currencies.length === 0) return null
  return (
    <>
      <Button {...opener} look="outline" aria-label={t('openName', { name: djName })}>
        <HandCoins className="size-5" aria-hidden="true" />
        {t('open')}
      </Button>
      {Popup ? <Popup {...opened} djName={djName} currencies={offer.currencies} /> : null}
    </>
  )
}
