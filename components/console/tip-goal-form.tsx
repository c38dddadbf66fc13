'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCommand, useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { amountIn } from '#lib/domain/tips/amount-in.ts'
import { amountText, fieldText } from '#lib/domain/tips/amount-text.ts'
import { checkAmount } from '#lib/domain/tips/check-amount.ts'
import { firstCurrency } from '#lib/domain/tips/first-currency.ts'
import type { Session } from '#lib/protocol/session-state.ts'
import type { TipCurrency } from '#lib/protocol/tips.ts'

/** How many of the largest tips a goal may be; SQL has the same (`set_tip_goal`). */
const largestTipsMax = 1_000

type TipGoalFormProps = { currencies: readonly TipCurrency[]; goal: Session['tipGoal'] }

/** Sets the goal, or takes it away. */
export function TipGoalForm({ currencies, goal }: TipGoalFormProps) {
  const t = useTranslations('tips')
  const locale = useLocale()
  const command = useCommand()
  const tipped = useRoom((view) => view.tipFigures?.currency)
  const offered = currencies.map(({ currency }) => currency)
  const [code, setCode] = useState(
    () =>
      offered.find((each) => each === (goal?.currency ?? tipped)) ??
      firstCurrency(offered, navigator.languages),
  )
  const currency = currencies.find((each) => each.currency === code)
  const [written, setWritten] = useState(() =>
    goal && currency ? fieldText(goal.amount, currency.decimals, locale) : '',
  )
  const [problem, setProblem] = useState<ReturnType<typeof checkAmount>>(null)
  const [isBusy, setIsBusy] = useState(false)
  if (!currency) return null
  const bounds = { minAmount: currency.minAmount, maxAmount: currency.maxAmount * largestTipsMax }
  const text = (amount: number) => amountText(amount, currency.currency, locale)

  const set = async (amount: number | null) => {
    setIsBusy(true)
    const { ok } = await command({
      kind: 'tip.set_goal',
      amount,
      currency: amount === null ? null : currency.currency,
    })
    if (ok && amount === null) setWritten('')
    setIsBusy(false)
  }
  const save = () => {
    const amount = amountIn(written, currency.decimals)
    const found = checkAmount(amount, bounds)
    setProblem(found)
    if (!found) void set(amount)
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) save()
      }}
      className="flex flex-col gap-3 text-text"
    >
      <p className="text-muted">{t('goalText')}</p>
      <TextField
        label={t('goalAmount')}
        value={written}
        onChange={(event) => setWritten(event.currentTarget.value)}
        inputMode={currency.decimals === 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
        error={problem ? t(problem, { min: text(bounds.minAmount), max: text(bounds.maxAmount) }) : undefined}
      />
      <Select
        label={t('currency')}
        value={currency.currency}
        onChange={(event) => setCode(event.currentTarget.value)}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {each.toUpperCase()}
          </option>
        ))}
      </Select>
      <Button type="submit" aria-disabled={isBusy}>
        {t('goalSave')}
      </Button>
      {goal === null ? null : (
        <Button look="quiet" aria-disabled={isBusy} onClick={() => isBusy || void set(null)}>
          {t('goalRemove')}
        </Button>
      )}
    </form>
  )
}
