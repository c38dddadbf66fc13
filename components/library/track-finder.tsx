'use client'
import { useTranslations } from 'next-intl'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { type TrackOrder, trackOrders } from './find-tracks.ts'

const orderKeys = {
  newest: 'orderNewest',
  title: 'orderTitle',
  bpm: 'orderBpm',
  key: 'orderKey',
  duration: 'orderDuration',
} as const

type TrackFinderProps = {
  query: string
  onQueryChange: (query: string) => void
  order: TrackOrder
  onOrderChange: (order: TrackOrder) => void
}

/** The way to a track in a library of many. */
export function TrackFinder({ query, onQueryChange, order, onOrderChange }: TrackFinderProps) {
  const t = useTranslations('library')
  return (
    <div className="grid gap-3 py-2 sm:grid-cols-[1fr_auto]">
      <TextField
        label={t('find')}
        labelHidden
        type="search"
        placeholder={t('find')}
        value={query}
        onChange={(event) => onQueryChange(event.target.value)}
      />
      <Select
        label={t('order')}
        labelHidden
        value={order}
        onChange={(event) => {
          const chosen = trackOrders.find((each) => each === event.target.value)
          if (chosen) onOrderChange(chosen)
        }}
      >
        {trackOrders.map((each) => (
          <option key={each} value={each}>
            {t(orderKeys[each])}
          </option>
        ))}
      </Select>
    </div>
  )
}
