'use client'
import { useTranslations } from 'next-intl'

const visibilities = ['public', 'unlisted', 'private'] as const

/** Who can find the session: one of three, as radio buttons that look like lines of a list. */
export function VisibilityField() {
  const t = useTranslations('start')
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-medium text-sm">{t('visibility')}</legend>
      {visibilities.map((visibility) => (
        <label
          key={visibility}
          className="bubble flex min-h-12 cursor-pointer items-center gap-3 border border-line px-4 py-2 transition-colors hover:border-edge has-checked:border-volt has-checked:bg-volt-deep/60 has-focus-visible:outline-2 has-focus-visible:outline-volt has-focus-visible:outline-offset-2"
        >
          <input
            type="radio"
            name="visibility"
            value={visibility}
            defaultChecked={visibility === 'public'}
            className="size-4 accent-volt outline-none"
          />
          <span className="flex flex-1 flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{t(visibility)}</span>
            <span className="text-muted text-sm">{t(`${visibility}Text`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
