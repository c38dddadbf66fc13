'use client'
import { SendHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { useMutedUntil } from '#components/moderation/use-muted-until.ts'
import { useUntil } from '#components/moderation/use-until.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { limits } from '#lib/domain/limits/limits.ts'
import { useDraft } from './use-draft.ts'

/** Where one writes. What was sent is shown in the list at once, so the field is free again at once. */
export function Composer({ inputRef }: { inputRef: RefObject<HTMLTextAreaElement | null> }) {
  const t = useTranslations()
  const until = useUntil()
  const { session } = useRoomContext()
  const [text, setText] = useDraft()
  const mutedUntil = useMutedUntil()
  const excess = [...text.trim()].length - limits.messageMaxLength

  const send = () => {
    const message = text.trim()
    if (message === '' || excess > 0) return
    setText('')
    void session.send({ kind: 'chat.send', text: message })
  }

  if (mutedUntil !== null) {
    const { isToday, time } = until(mutedUntil)
    return (
      <p className="border-line border-t px-5 py-4 text-muted">
        {t(isToday ? 'moderation.youAreMutedUntil' : 'moderation.youAreMutedUntilDate', { time })}
      </p>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      className="flex flex-col border-line border-t px-3 pt-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] lg:px-4"
    >
      <div className="flex items-end gap-1">
        <textarea
          ref={inputRef}
          value={text}
          rows={1}
          aria-label={t('chat.placeholder')}
          aria-invalid={excess > 0 ? true : undefined}
          placeholder={t('chat.placeholder')}
          enterKeyHint="send"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            send()
          }}
          className="bubble field-sizing-content max-h-32 min-h-11 flex-1 resize-none border border-edge bg-sunken px-4 py-2.5 text-base leading-snug placeholder:text-muted focus-visible:border-volt focus-visible:outline-offset-0"
        />
        <IconButton
          type="submit"
          look={text.trim() === '' ? 'quiet' : 'signal'}
          label={t('chat.send')}
          aria-disabled={text.trim() === '' || excess > 0}
        >
          <SendHorizontal className="size-5" aria-hidden="true" />
        </IconButton>
      </div>
      {excess > 0 ? (
        <p role="alert" className="px-1 pt-1 text-sm text-warn">
          {t('chat.tooLong', { count: excess })}
        </p>
      ) : null}
    </form>
  )
}
