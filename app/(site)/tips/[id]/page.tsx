import type { Metadata } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { MessagePage } from '#components/shell/message-page.tsx'
import { GivenTipStatus } from '#components/tips/given-tip-status.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import { type GivenTip, tipParamsSchema } from '#lib/protocol/tips.ts'
import { loadMe } from '#lib/server/accounts/load-me.ts'
import { personDb } from '#lib/server/db/person-db.ts'
import { loadGivenTip } from '#lib/server/tips/given-tip.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

type GivenTipPageProps = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tips')
  return { title: t('title'), robots: { index: false } }
}

/** Where the payment page leads back to. Nothing in the address says that a tip is paid; the server asks. */
export default async function GivenTipPage({ params }: GivenTipPageProps) {
  const tip = await loadTip((await params).id)
  return tip ? <GivenTipStatus tip={tip} /> : <UnknownTip />
}

const unknown: readonly ErrorCode[] = ['not_found', 'tips_off']

async function loadTip(id: string): Promise<GivenTip | null> {
  const params = tipParamsSchema.safeParse({ id })
  if (!params.success || !(await loadMe())) return null
  try {
    return await loadGivenTip({ ...theTipDeps(), db: await personDb() }, params.data.id)
  } catch (error) {
    if (error instanceof CodedError && unknown.includes(error.code)) return null
    throw error
  }
}

function UnknownTip() {
  const t = useTranslations()
  return (
    <MessagePage title={t('tips.unknownTitle')} text={t('tips.unknownText')}>
      <Link href="/" className={buttonStyle('signal', 'large')}>
        {t('common.backToLobby')}
      </Link>
    </MessagePage>
  )
}
