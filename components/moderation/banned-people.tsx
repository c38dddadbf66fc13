'use client'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'
import { Button } from '#components/ui/button.tsx'
import { useModeration } from './moderation-context.ts'

/** Who cannot come in, and the way to take that back. */
export function BannedPeople() {
  const t = useTranslations('moderation')
  const { banned, hasFailed, letIn } = useModeration()
  const titleId = useId()
  if (hasFailed && banned.length === 0) {
    return (
      <p role="alert" className="pb-3 text-warn">
        {t('failed')}
      </p>
    )
  }
  if (banned.length === 0) return null
  return (
    <div className="mt-4 border-line border-t py-3">
      <h3 id={titleId} className="label text-muted">
        {t('banned')}
      </h3>
      <ul aria-labelledby={titleId} className="flex flex-col gap-1 pt-2">
        {banned.map((person) => (
          <li key={person.userId} className="flex min-h-12 items-center gap-3">
            <Avatar id={person.userId} name={person.name} />
            <bdi className="min-w-0 flex-1 truncate font-medium">{person.name}</bdi>
            <Button
              look="quiet"
              aria-label={t('letInName', { name: person.name })}
              onClick={() => letIn(person)}
            >
              {t('letIn')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
