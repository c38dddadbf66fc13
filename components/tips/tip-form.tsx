'use client'
import { ChevronDown } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMutedUntil } from '#components/moderation/use-muted-until.ts'
import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { limits } from '#lib/domain/limits/limits.ts'
import { amountIn } from '#lib/domain/tips/amount-in.ts'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import { checkAmount } from '#lib/domain/tips/check-amount.ts'
import { firstCurrency } from '#lib/domain/tips/first-currency.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { TipCurrency } from '#lib/protocol/tips.ts'
import { type AmountChoice, AmountField } from './amount-field.tsx'
import type { TipWish } from './use-open-tip.ts'

type TipFormProps = {
  currencies: readonly TipCurrency[]
  isAsking: boolean
  refused: ErrorCode | null
  /** Called in the tap itself. */
  onPay: (wish: TipWish) => void
}

/** What a tip is made of. The amount is enough: the rest may stay as it is. */
export function TipForm({ currencies, isAsking, refused, onPay }: TipFormProps) {
  const t = useTranslations()
  const locale = useLocale()
  const [code, setCode] = useState(() =>
    firstCurrency(
      currencies.map(({ currency }) => currency),
      navigator.languages,
    ),
  )
  const [choice, setChoice] = useState<AmountChoice>(null)
  const [ownText, setOwnText] = useState('')
  const [message, setMessage] = useState('')
  const [isAnonymous, setAnonymous] = useState(false)
  const [showsAmount, setShowsAmount] = useState(true)
  const [hasTried, setHasTried] = useState(false)
  const isMuted = useMutedUntil() !== null
  const currency = currencies.find((candidate) => candidate.currency === code) ?? currencies[0]
  if (!currency) return null

  const amount = choice === 'own' ? amountIn(ownText, currency.decimals) : choice
  const problem = checkAmount(amount, currency)
  const words = isMuted ? '' : message.trim()

  const pay = () => {
    setHasTried(true)
    if (amount === null || problem) return
    onPay({
      amount,
      currency: currency.currency,
      ...(words !== '' && { message: words }),
      isAnonymous,
      showsAmount,
    })
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isAsking) pay()
      }}
      className="flex flex-col gap-5"
    >
      <AmountField
        currency={currency}
        choice={choice}
        ownText={ownText}
        problem={hasTried ? problem : null}
        onChoice={setChoice}
        onOwnText={setOwnText}
      />
      {currencies.length > 1 ? (
        <Select
          label={t('tips.currency')}
          value={currency.currency}
          onChange={(event) => {
            setCode(event.currentTarget.value)
            setChoice(null)
            setOwnText('')
          }}
        >
          {currencies.map((each) => (
            <option key={each.currency} value={each.currency}>
              {currencyName(each.currency, locale)}
            </option>
          ))}
        </Select>
      ) : null}
      <details className="group">
        <summary className="flex min-h-11 items-center gap-2 font-medium">
          <ChevronDown
            className="size-4 shrink-0 transition-transform group-open:rotate-180"
            aria-hidden="true"
          />
          {t('tips.options')}
        </summary>
        <div className="flex flex-col gap-4 pt-2">
          {isMuted ? (
            <p className="text-muted text-sm">{t('tips.mutedText')}</p>
          ) : (
            <TextArea
              label={t('tips.message')}
              hint={t('tips.messageHint')}
              rows={2}
              maxLength={limits.tipMessageMaxLength}
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
          )}
          <div className="flex flex-col">
            <Switch label={t('tips.anonymous')} checked={isAnonymous} onCheckedChange={setAnonymous} />
            <p className="text-muted text-sm">{t('tips.anonymousText')}</p>
            <Switch label={t('tips.showsAmount')} checked={showsAmount} onCheckedChange={setShowsAmount} />
            <p className="text-muted text-sm">{t('tips.showsAmountText')}</p>
          </div>
        </div>
      </details>
      {refused ? (
        <p role="alert" className="text-warn">
          {t(`errors.${refused}`)}
        </p>
      ) : null}
      <Button type="submit" size="large" aria-disabled={isAsking}>
        {isAsking ? <Spinner className="size-5" /> : null}
        {isAsking
          ? t('tips.opening')
          : amount === null || problem
            ? t('tips.pay')
            : t('tips.payAmount', { amount: amountText(amount, currency.currency, locale) })}
      </Button>
      <p aria-live="polite" className="sr-only">
        {isAsking ? t('tips.openingText') : null}
      </p>
    </form>
  )
}

function currencyName(code: string, locale: string): string {
  const upper = code.toUpperCase()
  return `${new Intl.DisplayNames(locale, { type: 'currency' }).of(upper) ?? upper} (${upper})`
}
