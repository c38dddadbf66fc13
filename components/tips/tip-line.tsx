'use client'
import { HandCoins } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { RemoveButton } from '#components/chat/remove-button.tsx'
import { useCommand } from '#components/room/use-room.ts'
import { classNames } from '#components/ui/class-names.ts'
import type { Tip } from '#lib/protocol/tips.ts'
import { sayTip } from './say-tip.ts'

const newForInMs = 10_000

/** A tip between the messages. It rises when it comes, and not again when somebody scrolls back to it. */
export function TipLine({ tip }: { tip: Tip }) {
  const t = useTranslations('tips')
  const locale = useLocale()
  const command = useCommand()
  const [isNew] = useState(() => Date.now() - tip.at < newForInMs)
  return (
    <div data-testid="tip" className="group px-4 pt-4 lg:px-5">
      <div
        className={classNames(
          'bubble flex items-start gap-3 border border-volt/40 bg-volt-deep/60 px-3.5 py-2.5',
          isNew && 'animate-rise',
        )}
      >
        <HandCoins className="mt-0.5 size-5 shrink-0 text-volt" aria-hidden="true" />
        <div className="min-w-0 flex-1 text-[0.9375rem] leading-snug [overflow-wrap:anywhere]">
          <p dir="auto" className="font-semibold">
            {sayTip(tip, t, locale)}
          </p>
          {tip.message ? (
            <p dir="auto" className="mt-1 whitespace-pre-wrap">
              {tip.message}
            </p>
          ) : null}
        </div>
        {tip.message ? (
          <RemoveButton
            label={t('removeWords', { name: tip.name ?? t('somebody') })}
            onRemove={() => void command({ kind: 'tip.remove_words', tipId: tip.tipId })}
          />
        ) : null}
      </div>
    </div>
  )
}
