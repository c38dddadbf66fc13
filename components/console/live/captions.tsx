'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useState } from 'react'
import { useCommand } from '#components/room/use-room.ts'
import { Switch } from '#components/ui/switch.tsx'
import { notify } from '#components/ui/toasts.ts'
import { canWriteDown, writeDown } from '#lib/client/live/write-down.ts'
import { limits } from '#lib/domain/limits/limits.ts'
import { useDesk } from './live-desk-context.ts'

/** What stands before words that were spoken. */
const spoken = '🎙 '

/** Captions of what the DJ says: the browser writes them down, and they go the way of every message, so all can read them. */
export function Captions() {
  const t = useTranslations('live')
  const locale = useLocale()
  const command = useCommand()
  const [isOn, setIsOn] = useState(false)
  const isTalking = useDesk(({ phase, mode }) => phase === 'on_air' && mode === 'talk')
  const say = useEffectEvent((text: string) => {
    void command({ kind: 'chat.send', text: `${spoken}${text}`.slice(0, limits.messageMaxLength) })
  })
  const fail = useEffectEvent(() => {
    setIsOn(false)
    notify(t('captionsFailed'), 'warn')
  })
  const isWriting = isOn && isTalking
  useEffect(() => {
    if (!isWriting) return
    return writeDown({ language: locale, onPhrase: (text) => say(text), onFailed: () => fail() })
  }, [isWriting, locale])

  if (!canWriteDown()) return <p className="text-muted text-sm">{t('captionsNone')}</p>
  return (
    <div className="flex flex-col">
      <Switch label={t('captions')} checked={isOn} onCheckedChange={setIsOn} />
      <p className="text-muted text-sm">{t('captionsText')}</p>
    </div>
  )
}
