'use client'
import { FlaskConical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { usePublicConfig } from '#components/app/public-config.ts'

/** Says plainly where no money moves, for tips or for Plus; nothing where it does. */
export function TestPayments({ of = 'payments' }: { of?: 'payments' | 'plus' }) {
  const t = useTranslations('tips')
  const mode = usePublicConfig()[of]
  if (mode !== 'test') return null
  return (
    <p className="bubble flex items-center gap-2 bg-warn-deep px-4 py-2.5 font-medium text-sm text-warn">
      <FlaskConical className="size-4 shrink-0" aria-hidden="true" />
      {t('test')}
    </p>
  )
}
