'use client'
import { Check, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Spinner } from '#components/ui/spinner.tsx'
import { inspectBrowser } from '#lib/client/diagnostics/inspect-browser.ts'

type Findings = ReturnType<typeof inspectBrowser>

/** What this browser supports, in words. */
export function Diagnostics() {
  const t = useTranslations('diagnostics')
  const [findings, setFindings] = useState<Findings | null>(null)
  useEffect(() => setFindings(inspectBrowser()), [])
  if (!findings) {
    return (
      <p role="status" className="flex items-center gap-3 text-muted">
        <Spinner />
        {t('looking')}
      </p>
    )
  }
  const yes = findings.filter(({ isThere }) => isThere).length
  return (
    <>
      <p className="label text-muted">{t('summary', { yes, total: findings.length })}</p>
      <ul className="divide-y divide-line/60">
        {findings.map(({ ability, isThere }) => (
          <li key={ability} className="flex gap-4 py-4">
            {isThere ? (
              <Check className="mt-0.5 size-5 shrink-0 text-volt" aria-hidden="true" />
            ) : (
              <X className="mt-0.5 size-5 shrink-0 text-warn" aria-hidden="true" />
            )}
            <div>
              <h2 className="font-semibold">
                {t(ability)}: {isThere ? t('yes') : t('no')}
              </h2>
              <p className="text-muted">{t(isThere ? `${ability}Yes` : `${ability}No`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
