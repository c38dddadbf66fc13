'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'

type UpdateNoticeProps = { onUpdate: () => void; onLater: () => void }

/** Offers the newer version; loading it is the person's choice. */
export function UpdateNotice({ onUpdate, onLater }: UpdateNoticeProps) {
  const t = useTranslations('update')
  return (
    <div
      role="status"
      className="bubble fixed inset-x-4 bottom-4 z-30 mx-auto flex max-w-md flex-wrap items-center gap-x-2 gap-y-1 border border-line bg-control py-2 pr-2 pl-4 shadow-2xl shadow-black/60"
    >
      <p className="min-w-40 flex-1">{t('ready')}</p>
      <Button onClick={onUpdate}>{t('load')}</Button>
      <Button look="quiet" onClick={onLater}>
        {t('later')}
      </Button>
    </div>
  )
}
