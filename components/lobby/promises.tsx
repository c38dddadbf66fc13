import { useTranslations } from 'next-intl'

const promises = ['Sync', 'Votes', 'Link'] as const

export function Promises() {
  const t = useTranslations('landing')
  return (
    <section className="mx-auto grid w-full max-w-7xl gap-x-10 gap-y-8 px-4 py-16 sm:grid-cols-3 sm:px-8">
      {promises.map((promise) => (
        <div key={promise} className="flex flex-col gap-2 border-line border-t pt-5">
          <h3 className="display text-3xl">{t(`promise${promise}`)}</h3>
          <p className="text-muted">{t(`promise${promise}Text`)}</p>
        </div>
      ))}
    </section>
  )
}
