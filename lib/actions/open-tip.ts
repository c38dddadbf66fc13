'use server'
import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { type OpenTip, openTipSchema } from '#lib/protocol/tips.ts'
import { personDb } from '#lib/server/db/person-db.ts'
import { appOrigin } from '#lib/server/http/app-origin.ts'
import { asCodedError } from '#lib/server/http/error-response.ts'
import { parseInput } from '#lib/server/http/parse-input.ts'
import { log } from '#lib/server/log.ts'
import { openTip as open } from '#lib/server/tips/open-tip.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

type OpenedTip = { ok: true; tipId: string; checkoutUrl: string } | { ok: false; code: ErrorCode }

/** Opens the page where a tip is paid. Next itself refuses actions that another origin asks for. */
export async function openTip(tip: OpenTip): Promise<OpenedTip> {
  try {
    const wish = parseInput(openTipSchema, tip)
    const t = await getTranslations('tips')
    const db = await personDb()
    const deps = { ...theTipDeps(), db, origin: appOrigin(await headers()) }
    const titleFor = (name: string) => t('sheetTitle', { name })
    return { ok: true, ...(await open({ ...deps, titleFor }, wish)) }
  } catch (thrown) {
    const { code, cause } = asCodedError(thrown)
    if (code === 'internal' || code === 'unavailable') log.error({ code, err: cause }, 'no tip was opened')
    return { ok: false, code }
  }
}
