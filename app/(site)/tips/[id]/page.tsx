import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { MessagePage } from '#components/shell/message-page.tsx'
import { GivenTipStatus } from '#components/tips/given-tip-status.tsx'
import { TipsOff } from '#components/tips/tips-off.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { paymentsMode, serverEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'
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
  if (paymentsMode(serverEnv()) === 'off') return <NoTips />
  const tip = await loadTip((await params).id)
  if (!tip) notFound()
  return <GivenTipStatus tip={tip} />
}

async function loadTip(id: string): Promise<GivenTip | null> {
  const params = tipParamsSchema.safeParse({ id })
  if (!params.success || !(await loadMe())) return null
  try {
    return await loadGivenTip({ ...theTipDeps(), db: await personDb() }, params.data.id)
  } catch (error) {
    if (error instanceof CodedError && error.code === 'not_found') return null
    throw error
  }
}

/** Nothing can be asked then, so nothing is said of the tip. */
function NoTips() {
  const t = useTranslations()
  return (
    <MessagePage title={t('tips.title')} text={<TipsOff />}>
      <Link href="/" className={buttonStyle('signal', 'large')}>
        {t('common.backToLobby')}
      </Link>
    </MessagePage>
  )
}
