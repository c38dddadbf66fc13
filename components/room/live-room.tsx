'use client'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useMediaQuery } from '#components/app/use-media-query.ts'
import { Chat } from '#components/chat/chat.tsx'
import { ChatAnnouncements } from '#components/chat/chat-announcements.tsx'
import { LiveDeskContext } from '#components/console/live/live-desk-context.ts'
import { WithUploader } from '#components/library/with-uploader.tsx'
import { People } from '#components/people/people.tsx'
import { Queue } from '#components/queue/queue.tsx'
import { useMayAsk } from '#components/queue/use-may-ask.ts'
import type { Share } from '#components/share/share.ts'
import { anchors } from '#components/shell/anchors.ts'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { notify } from '#components/ui/toasts.ts'
import { useLater } from '#components/ui/use-later.ts'
import type { LiveDesk } from '#lib/client/live/live-desk.ts'
import { useRoomContext } from './room-context.ts'
import { RoomHeader } from './room-header.tsx'
import type { Shortcut } from './shortcuts.ts'
import { SideTabs } from './side-tabs.tsx'
import { Stage } from './stage.tsx'
import { useCommand, useIsAllowed, useRoom } from './use-room.ts'
import { useShortcuts } from './use-shortcuts.ts'

type LiveRoomProps = { djName: string; share: Share; isDebugging: boolean }
/** What few people open, or only the DJ. */
const loadDjDesk = () => import('#components/console/live/dj-desk.tsx').then(({ DjDesk }) => DjDesk)
const loadAskSheet = () => import('#components/queue/ask-sheet.tsx').then(({ AskSheet }) => AskSheet)
const loadShareDialog = () =>
  import('#components/share/share-dialog.tsx').then(({ ShareDialog }) => ShareDialog)
const loadShortcutsDialog = () =>
  import('./shortcuts-dialog.tsx').then(({ ShortcutsDialog }) => ShortcutsDialog)
const loadDebugPanel = () => import('./debug-panel.tsx').then(({ DebugPanel }) => DebugPanel)

type OpenDialog = 'share' | 'shortcuts' | 'end' | 'ask' | null

/** The room itself: three columns where there is room for them, else the stage above the rest in tabs. */
export function LiveRoom({ djName, share, isDebugging }: LiveRoomProps) {
  const t = useTranslations()
  const room = useRoomContext()
  const command = useCommand()
  const isWide = useMediaQuery('(min-width: 64rem)')
  const title = useRoom((view) => view.session.title)
  const queueCount = useRoom((view) => view.queue.length)
  const hereCount = useRoom((view) => view.hereCount)
  const isPlayer = useIsAllowed('play')
  const mayAsk = useMayAsk()
  const isDj = useRoom((view) => view.me.role === 'dj')
  const [dialog, setDialog] = useState<OpenDialog>(null)
  const [side, setSide] = useState('chat')
  const [desk, setDesk] = useState<LiveDesk | null>(null)
  const openAsk = () => setDialog('ask')
  const closeDialog = () => setDialog(null)
  const DjDesk = useLater(loadDjDesk, isPlayer)
  const AskSheet = useLater(loadAskSheet, dialog === 'ask', closeDialog)
  const ShareDialog = useLater(loadShareDialog, dialog === 'share', closeDialog)
  const ShortcutsDialog = useLater(loadShortcutsDialog, dialog === 'shortcuts', closeDialog)
  const DebugPanel = useLater(loadDebugPanel, isDebugging)
  const inputRef = useRef<HTMLTextAreaElement>(null)
  // The stage is drawn first: what plays, and the way to hear it.
  const drawsSides = useDeferredValue(true, false)

  const opener = (name: Exclude<OpenDialog, null>) => ({
    open: dialog === name,
    onOpenChange: (open: boolean) => setDialog(open ? name : null),
  })

  const playOrPause = () => {
    const isPlaying = room.readView().playback.status === 'playing'
    void command(isPlaying ? { kind: 'playback.pause' } : { kind: 'playback.play', itemId: null })
  }

  useShortcuts((shortcut: Shortcut) => {
    const { audio } = room
    switch (shortcut) {
      case 'listen':
        if (audio.getSnapshot().isListening) audio.stop()
        else audio.start()
        return true
      case 'play':
        if (isPlayer) playOrPause()
        return isPlayer
      case 'next':
        if (isPlayer) void command({ kind: 'playback.next', expectedRev: room.readView().playback.rev })
        return isPlayer
      case 'chat':
        // The field is there once its tab is.
        flushSync(() => setSide('chat'))
        inputRef.current?.focus()
        return true
      case 'ask':
        if (mayAsk) openAsk()
        else notify(t('room.requestsClosed'), 'warn')
        return true
      case 'help':
        setDialog('shortcuts')
        return true
      default:
        document.querySelector<HTMLElement>(`[data-reaction="${shortcut.slice(-1)}"]`)?.click()
        return true
    }
  })

  const chat = { value: 'chat', label: t('room.chat'), panel: <Chat inputRef={inputRef} /> }
  const queue = {
    value: 'queue',
    label: t('room.queue'),
    count: queueCount,
    panel: <Queue onAsk={openAsk} />,
  }
  const people = { value: 'people', label: t('room.people'), count: hereCount, panel: <People /> }
  const sides = { label: t('room.sections'), opened: side, onOpen: setSide }
  const stage = <Stage djName={djName} onOpenLibrary={openAsk} />

  return (
    <WithUploader isEnabled={isDj}>
      <LiveDeskContext value={desk}>
        <div className="flex h-dvh flex-col overflow-hidden">
          <RoomHeader
            djName={djName}
            onShare={() => setDialog('share')}
            onShortcuts={() => setDialog('shortcuts')}
            onEnd={() => setDialog('end')}
          />
          {isPlayer && DjDesk ? <DjDesk onDesk={setDesk} /> : null}
          {isWide ? (
            <main
              id={anchors.content}
              className="grid min-h-0 flex-1 grid-cols-[minmax(19rem,24rem)_minmax(0,1fr)_minmax(19rem,25rem)]"
            >
              <div className="flex min-h-0 flex-col border-line border-r">
                <h2 className="display flex items-baseline gap-3 px-5 pt-4 text-2xl">
                  {t('queue.title')}
                  <span className="label text-muted">{t('queue.count', { count: queueCount })}</span>
                </h2>
                {drawsSides ? queue.panel : null}
              </div>
              <div className="scroll-quiet min-h-0 overflow-y-auto">{stage}</div>
              <aside className="flex min-h-0 flex-col border-line border-l">
                {drawsSides ? <SideTabs {...sides} tabs={[chat, people]} /> : null}
              </aside>
            </main>
          ) : (
            <main id={anchors.content} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
              {stage}
              <div className="flex min-h-72 flex-1 flex-col">
                {drawsSides ? <SideTabs {...sides} tabs={[chat, queue, people]} /> : null}
              </div>
            </main>
          )}
          <ChatAnnouncements />
          {DebugPanel ? <DebugPanel /> : null}
          {ShareDialog ? <ShareDialog {...opener('share')} title={title} share={share} /> : null}
          {ShortcutsDialog ? <ShortcutsDialog {...opener('shortcuts')} /> : null}
          {AskSheet ? <AskSheet {...opener('ask')} /> : null}
          <ConfirmDialog
            {...opener('end')}
            title={t('controls.endTitle')}
            text={t('controls.endText')}
            confirm={t('controls.endConfirm')}
            onConfirm={() => void command({ kind: 'session.end' })}
          />
        </div>
      </LiveDeskContext>
    </WithUploader>
  )
}
