'use client'
import { useLocale, useTranslations } from 'next-intl'
import { usePublicConfig } from '#components/app/public-config.ts'
import type { Limits, MyPlan } from '#lib/protocol/plus.ts'
import { bestBitrate, sizeText } from './limit-texts.ts'

/** What Plus gives, beside what everybody has: as SQL has it, so that nothing is promised that is not kept. */
export function PlusOffer({ offer }: { offer: NonNullable<MyPlan['offer']> }) {
  const t = useTranslations('plus')
  const locale = useLocale()
  const { encodesOriginals } = usePublicConfig()
  const rows: { name: string; text: (limits: Limits) => string }[] = [
    { name: t('quality'), text: (limits) => t('bitrate', { kilobits: String(bestBitrate(limits) / 1_000) }) },
    { name: t('length'), text: ({ trackMaxInMs }) => t('minutes', { minutes: trackMaxInMs / 60_000 }) },
    ...(encodesOriginals
      ? [{ name: t('size'), text: ({ originalMaxBytes }: Limits) => sizeText(originalMaxBytes, locale) }]
      : []),
    {
      name: t('sessions'),
      text: ({ sessionsAnHour }) =>
        sessionsAnHour === null
          ? t('sessionsUnlimited')
          : t('sessionsAnHour', { count: String(sessionsAnHour) }),
    },
  ]
  return (
    <table className="w-full text-left">
      <caption className="sr-only">{t('offer')}</caption>
      <thead>
        <tr className="border-line border-b">
          <td />
          <th scope="col" className="py-2 pr-3 font-medium text-muted text-sm">
            {t('everybody')}
          </th>
          <th scope="col" className="py-2 font-medium text-sm text-volt">
            {t('title')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, text }) => (
          <tr key={name} className="border-line border-b align-top">
            <th scope="row" className="py-3 pr-3 font-normal text-muted">
              {name}
            </th>
            <td className="py-3 pr-3">{text(offer.standard)}</td>
            <td className="py-3 font-semibold">{text(offer.plus)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
