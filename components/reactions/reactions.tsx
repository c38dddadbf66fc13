'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { useCommand } from '#components/room/use-room.ts'
import { type ReactionEmoji, reactionEmojis } from '#lib/domain/limits/limits.ts'
import { floatReaction } from './float-reaction.ts'
import { createOwnEcho } from './own-echo.ts'
import { reactionNames } from './reaction-names.ts'

/** The bar to react with, and everybody's reactions rising over the stage. */
export function Reactions() {
  const t = useTranslations('reactions')
  const { session } = useRoomContext()
  const command = useCommand()
  const layerRef = useRef<HTMLDivElement>(null)
  const echo = useMemo(() => createOwnEcho(() => performance.now()), [])

  useEffect(
    () =>
      session.onReactions((counts) => {
        const others = echo.others(counts)
        for (const emoji of reactionEmojis) {
          for (let index = 0; index < (others[emoji] ?? 0); index++) {
            if (layerRef.current) floatReaction(layerRef.current, emoji)
          }
        }
      }),
    [session, echo],
  )

  const react = (emoji: ReactionEmoji) => {
    if (layerRef.current) floatReaction(layerRef.current, emoji)
    echo.send(emoji)
    void command({ kind: 'react', emoji })
  }

  return (
    <>
      <div
        ref={layerRef}
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 z-20 overflow-hidden"
      />
      <fieldset
        aria-label={t('label')}
        className="flex min-w-[17rem] flex-1 justify-between sm:flex-none sm:justify-start sm:gap-1 lg:basis-full"
      >
        {reactionEmojis.map((emoji, index) => (
          <button
            key={emoji}
            type="button"
            data-reaction={index + 1}
            aria-label={t('send', { name: t(reactionNames[emoji]) })}
            onClick={() => react(emoji)}
            className="emoji bubble flex size-11 items-center justify-center text-[1.375rem] transition-[background-color,transform] duration-150 ease-soft hover:bg-control active:scale-125"
          >
            {emoji}
          </button>
        ))}
      </fieldset>
    </>
  )
}
