'use client'
import { Check, Copy, Share2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Picture } from '#components/ui/picture.tsx'
import { notify } from '#components/ui/toasts.ts'
import { withInvitation } from '#lib/protocol/with-invitation.ts'
import type { Share } from './share.ts'
import { useInvitation } from './use-invitation.ts'

type ShareDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; title: string; share: Share }

/** The ways to bring people in: a link, a code to point a phone at, and the phone's own sharing. */
export function ShareDialog({ open, onOpenChange, title, share }: ShareDialogProps) {
  const t = useTranslations('share')
  const [isCopied, setIsCopied] = useState(false)
  const { reach } = share
  const { token, isMissing } = useInvitation(open)
  const url = withInvitation(share.url, token)
  const canShare = typeof navigator !== 'undefined' && 'share' in navigator

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url)
      setIsCopied(true)
      notify(t('copied'))
    } catch {
      // Pages without TLS have no clipboard.
      notify(t('copyFailed'), 'warn')
    }
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} description={t('text')}>
      <div className="flex flex-col gap-5">
        <div className="bubble mx-auto w-full max-w-60 overflow-hidden bg-text p-3">
          <Picture
            src={withInvitation(share.qrPath, token)}
            alt={t('qr')}
            width={240}
            height={240}
            className="size-full"
          />
        </div>
        <p className="text-center text-muted text-sm">
          {isMissing ? t('byInvitation') : t('qrHint')} {reach === 'same_network' ? t('sameNetwork') : null}
          {reach === 'this_computer' ? t('thisComputer') : null}
        </p>
        <div className="flex gap-2">
          <input
            readOnly
            aria-label={t('link')}
            value={url}
            onFocus={(event) => event.currentTarget.select()}
            className="bubble figures min-h-11 min-w-0 flex-1 border border-edge bg-sunken px-3 text-sm"
          />
          <Button onClick={() => void copy()}>
            {isCopied ? (
              <Check className="size-4" aria-hidden="true" />
            ) : (
              <Copy className="size-4" aria-hidden="true" />
            )}
            {t('copy')}
          </Button>
        </div>
        {canShare ? (
          <Button look="outline" onClick={() => void navigator.share({ title, url }).catch(() => undefined)}>
            <Share2 className="size-4" aria-hidden="true" />
            {t('native')}
          </Button>
        ) : null}
      </div>
    </Dialog>
  )
}
