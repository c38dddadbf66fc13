'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useMyPeople } from '#components/people/use-my-people.ts'
import { withoutBlocked } from '#components/people/without-blocked.ts'
import { useRoom } from '#components/room/use-room.ts'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import { goalProgress } from '#lib/domain/tips/goal-progress.ts'

/** How far the session's goal is, and who gave most of what is shown; nothing where there is neither. */
export function TipsStrip() {
  const t = useTranslations('tips')
  const locale = useLocale()
  const { blocked } = useMyPeople()
  const goal = useRoom((view) => view.session.tipGoal)
  const figures = useRoom((view) => view.tipFigures)
  const currency = goal?.currency ?? figures?.currency
  if (!currency) return null
  // A goal in another currency is told a moment before what it comes to in that one.
  const known = figures?.currency === currency ? figures : null
  const top = withoutBlocked(known?.top ?? [], blocked)
  if (!goal && top.length === 0) return null
  const text = (amount: number) => amountText(amount, currency, locale)
  // Two people may have the same name.
  const places = top.map((giver, index) => ({ ...giver, place: index + 1 }))
  return (
    <section
      aria-label={t('strip')}
      className="bubble flex flex-col gap-3 border border-line bg-raised px-4 py-3"
    >
      {goal ? <Goal raised={known?.raised ?? 0} goal={goal.amount} text={text} /> : null}
      {places.length > 0 ? (
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
          <h3 className="label text-muted">{t('top')}</h3>
          <ol className="flex min-w-0 flex-wrap gap-x-4 gap-y-1">
            {places.map(({ name, amount, place }) => (
              <li key={place} className="flex min-w-0 items-baseline gap-1.5">
                <bdi className="truncate font-medium">{name}</bdi>
                <span className="figures text-volt">{text(amount)}</span>
              </li>
            ))}
          </ol>
        </div>
      ) : null}
    </section>
  )
}

type GoalProps = { raised: number; goal: number; text: (amount: number) => string }

function Goal({ raised, goal, text }: GoalProps) {
  const t = useTranslations('tips')
  const { share, percent, isReached } = goalProgress(raised, goal)
  const progress = t('goalProgress', { raised: text(raised), goal: text(goal) })
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="label text-muted">{t(isReached ? 'goalReached' : 'goal')}</span>
        <span className={isReached ? 'figures text-volt' : 'figures'}>{progress}</span>
      </p>
      <div
        role="progressbar"
        aria-label={t('goal')}
        aria-valuenow={percent}
        aria-valuetext={progress}
        className="h-1.5 overflow-hidden rounded-full bg-control"
      >
        <div
          className="h-full origin-left bg-volt transition-transform duration-700 ease-soft"
          style={{ transform: `scaleX(${share})` }}
        />
      </div>
    </div>
  )
}
