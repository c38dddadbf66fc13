'use client'
import { CircleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useRoomContext } from '#components/room/room-context.ts'
import { useCommand, useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { hueOf } from '#components/ui/hue-of.ts'
import type { ViewMessage } from '#lib/client/session/view-state.ts'
import { AuthorMenu } from './author-menu.tsx'
import { RemoveButton } from './remove-button.tsx'
import { RoleBadge } from './role-badge.tsx'

type ChatLineProps = {
  message: ViewMessage
  /** Whether the author just wrote before: then the name is not repeated. */
  isContinued: boolean
}

/** One message; one's own stands at the other side. What did not arrive says so and can be sent again. */
export function ChatLine({ message, isContinued }: ChatLineProps) {
  const t = useTranslations('chat')
  const command = useCommand()
  const isOwn = useRoom((view) => view.me.userId === message.authorId)
  return (
    <div className={classNames('group px-4 lg:px-5', isContinued ? 'pt-1' : 'pt-4')}>
      {isContinued ? null : <ChatLineHead message={message} isOwn={isOwn} />}
      <div className={classNames('flex items-center gap-1', isOwn && 'flex-row-reverse')}>
        <p
          dir="auto"
          className={classNames(
            'max-w-[85%] whitespace-pre-wrap px-3.5 py-2 text-[0.9375rem] leading-snug [overflow-wrap:anywhere]',
            isOwn ? 'bubble-own bg-volt-deep' : 'bubble bg-raised',
            message.delivery === 'pending' && 'opacity-60',
            message.delivery === 'failed' && 'outline outline-warn',
          )}
        >
          {message.text}
        </p>
        {message.delivery === 'sent' ? (
          <RemoveButton
            label={t('remove', { name: message.authorName })}
            onRemove={() => void command({ kind: 'chat.remove', messageId: message.id })}
          />
        ) : null}
      </div>
      {message.delivery === 'failed' ? <FailedNote message={message} /> : null}
    </div>
  )
}

function ChatLineHead({ message, isOwn }: { message: ViewMessage; isOwn: boolean }) {
  const t = useTranslations('chat')
  const format = useFormatter()
  const mayModerate = useIsAllowed('moderate')
  const author = (
    <bdi className="truncate font-semibold" style={{ color: hueOf(message.authorId) }}>
      {isOwn ? t('you') : message.authorName}
    </bdi>
  )
  return (
    <p className={classNames('mb-1 flex items-baseline gap-2 text-sm', isOwn && 'justify-end')}>
      {mayModerate && !isOwn ? (
        <AuthorMenu userId={message.authorId} name={message.authorName}>
          {author}
        </AuthorMenu>
      ) : (
        author
      )}
      <RoleBadge userId={message.authorId} />
      <time dateTime={new Date(message.at).toISOString()} className="figures text-muted text-xs">
        {format.dateTime(message.at, { hour: '2-digit', minute: '2-digit' })}
      </time>
    </p>
  )
}

function FailedNote({ message }: { message: Extract<ViewMessage, { delivery: 'failed' }> }) {
  const t = useTranslations()
  const { session } = useRoomContext()
  return (
    <div role="alert" className="flex flex-wrap items-center justify-end gap-1 text-sm text-warn">
      <CircleAlert className="size-4" aria-hidden="true" />
      <span>
        {t('chat.failed')}. {t(`errors.${message.code}`)}
      </span>
      <Button look="quiet" onClick={() => session.retryMessage(message.commandId)}>
        {t('chat.retry')}
      </Button>
      <Button look="quiet" onClick={() => session.discardMessage(message.commandId)}>
        {t('chat.discard')}
      </Button>
    </div>
  )
}
