import { useTranslations } from 'next-intl'
import { Mark } from '#components/brand/mark.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { Spinner } from '#components/ui/spinner.tsx'

export function RoomLoading({ title }: { title: string }) {
  const t = useTranslations('room')
  return (
    <main
      id={anchors.content}
      className="flex min-h-dvh flex-col items-center justify-center gap-5 px-6 text-center"
    >
      <Mark className="size-14" />
      <h1 className="display text-4xl">{title}</h1>
      <p role="status" className="flex items-center gap-3 text-muted">
        <Spinner />
        {t('joiningText')}
      </p>
    </main>
  )
}
