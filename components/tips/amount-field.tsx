'use client'
import { useLocale, useTranslations } from 'next-intl'
import { TextField } from '#components/ui/text-field.tsx'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import type { TipCurrency } from '#lib/protocol/tips.ts'

/** What was chosen: a suggested amount, or what is written in the field. */
export type AmountChoice = number | 'own' | null

type AmountFieldProps = {
  currency: TipCurrency
  choice: AmountChoice
  ownText: string
  problem: 'no_amount' | 'too_small' | 'too_large' | null
  onChoice: (choice: AmountChoice) => void
  onOwnText: (text: string) => void
}

/** How much: one of the suggested amounts, or another one. */
export function AmountField(props: AmountFieldProps) {
  const { currency, choice, ownText, problem, onChoice, onOwnText } = props
  const t = useTranslations('tips')
  const locale = useLocale()
  const text = (amount: number) => amountText(amount, currency.currency, locale)
  const bounds = { min: text(currency.minAmount), max: text(currency.maxAmount) }
  const problemText = problem ? t(problem, bounds) : undefined
  const radio = (value: Exclude<AmountChoice, null>, label: string) => (
    <AmountRadio key={value} label={label} isChosen={choice === value} onChoose={() => onChoice(value)} />
  )
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium text-sm">{t('amount')}</legend>
      <div className="grid grid-cols-3 gap-2">
        {currency.suggestedAmounts.map((amount) => radio(amount, text(amount)))}
        <div className="col-span-3 grid">{radio('own', t('otherAmount'))}</div>
      </div>
      {choice === 'own' ? (
        <TextField
          label={t('ownAmount')}
          value={ownText}
          onChange={(event) => onOwnText(event.currentTarget.value)}
          inputMode={currency.decimals === 0 ? 'numeric' : 'decimal'}
          autoComplete="off"
          hint={t('bounds', bounds)}
          error={problemText}
        />
      ) : null}
      {choice !== 'own' && problemText ? (
        <p role="alert" className="text-sm text-warn">
          {problemText}
        </p>
      ) : null}
    </fieldset>
  )
}

type AmountRadioProps = { label: string; isChosen: boolean; onChoose: () => void }

function AmountRadio({ label, isChosen, onChoose }: AmountRadioProps) {
  return (
    <label className="bubble flex min-h-14 cursor-pointer items-center justify-center border border-line px-2 text-center font-semibold transition-colors hover:border-edge has-checked:border-volt has-checked:bg-volt-deep/60 has-focus-visible:outline-2 has-focus-visible:outline-volt has-focus-visible:outline-offset-2">
      <input type="radio" name="amount" checked={isChosen} onChange={onChoose} className="sr-only" />
      <span className="figures">{label}</span>
    </label>
  )
}
