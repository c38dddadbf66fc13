import { useTranslations } from 'next-intl'
import { errorCodes } from '#lib/protocol/errors.ts'

/** What stood against a sign-in that came back from elsewhere, as the address says it; nothing for what is no code. */
export function Problem({ code }: { code: string | string[] | undefined }) {
  const t = useTranslations()
  const known = errorCodes.find((one) => one === code)
  if (!known) return null
  return (
    <p role="alert" className="bubble max-w-lg border border-warn px-4 py-3">
      {known === 'code_wrong' ? t('signIn.linkWrong') : t(`errors.${known}`)}
    </p>
  )
}
