'use client'
import { SlidersHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Dialog } from '#components/ui/dialog.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { notify } from '#components/ui/toasts.ts'
import { useLater } from '#components/ui/use-later.ts'
import { useSound } from './use-sound.ts'

const loadSoundPanel = () => import('./sound-panel.tsx').then(({ SoundPanel }) => SoundPanel)

/** Opens everything about one's own sound; a mark says that the output may have changed. */
export function SoundButton() {
  const t = useTranslations('sound')
  const [isOpen, setOpen] = useState(false)
  const SoundPanel = useLater(loadSoundPanel, isOpen, () => setOpen(false))
  const isDoubtful = useSound((sound) => sound.isOutputDoubtful)
  useEffect(() => {
    if (isDoubtful) notify(t('doubtNotice'), 'warn')
  }, [isDoubtful, t])
  return (
    <>
      <IconButton look="outline" label={t('open')} onClick={() => setOpen(true)} className="relative">
        <SlidersHorizontal className="size-5" aria-hidden="true" />
        {isDoubtful ? (
          <span aria-hidden="true" className="absolute top-0 right-0 size-2.5 rounded-full bg-warn" />
        ) : null}
      </IconButton>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t('title')} shape="sheet">
        {SoundPanel ? <SoundPanel /> : <Spinner />}
      </Dialog>
    </>
  )
}
