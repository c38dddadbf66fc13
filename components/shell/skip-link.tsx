import { useTranslations } from 'next-intl'
import { anchors } from './anchors.ts'

/** The first stop of the Tab key: over the head of the page to what it is about. */
export function SkipLink() {
  const t = useTranslations('common')
  return (
    <a
      href={`#${anchors.content}`}
      className="bubble fixed top-2 left-2 z-50 -translate-y-20 bg-volt px-4 py-3 font-semibold text-on-volt focus:translate-y-0"
    >
      {t('skipToContent')}
    </a>
  )
}
