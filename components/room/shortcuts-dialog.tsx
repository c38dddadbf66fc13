'use client'
import { useTranslations } from 'next-intl'
import { Dialog } from '#components/ui/dialog.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { setShortcutsOn, useShortcutsOn } from './shortcut-switch.ts'
import { useIsAllowed } from './use-room.ts'

type ShortcutsDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const t = useTranslations('room')
  const isOn = useShortcutsOn()
  const isPlayer = useIsAllowed('play')
  const lines: [string, string][] = [
    ['M', t('shortcutListen')],
    ...(isPlayer
      ? ([
          [t('keySpace'), t('shortcutPlay')],
          ['N', t('shortcutNext')],
          ['T', t('shortcutTalk')],
        ] satisfies [string, string][])
      : []),
    ['A', t('shortcutAsk')],
    ['C', t('shortcutChat')],
    ['1–6', t('shortcutReact')],
    ['?', t('shortcutHelp')],
  ]
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('shortcuts')} description={t('shortcutsText')}>
      <dl className="mb-4 flex flex-col divide-y divide-line">
        {lines.map(([key, meaning]) => (
          <div key={key} className="flex min-h-11 items-center justify-between gap-4 py-2">
            <dt className="order-last">
              <kbd className="figures rounded-md border border-edge bg-sunken px-2 py-1 text-sm">{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Switch label={t('shortcutsOn')} checked={isOn} onCheckedChange={setShortcutsOn} />
    </Dialog>
  )
}
