'use client'
import { ImagePlus, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { Button } from '#components/ui/button.tsx'
import { type Profile, profileSchema } from '#lib/protocol/profile.ts'
import { useSave } from './use-save.ts'

/** Loaded when there is something to crop. */
const CropDialog = dynamic(async () => (await import('./crop-dialog.tsx')).CropDialog, { ssr: false })

/** The own picture: chosen, cropped to a square, or taken away. */
export function AvatarField({ me }: { me: Profile }) {
  const t = useTranslations()
  const id = useId()
  const mediaUrl = useMediaUrl()
  const { save, isBusy, refused } = useSave()
  const [chosen, setChosen] = useState<File | null>(null)

  return (
    <div className="flex items-center gap-5">
      <Avatar id={me.userId} name={me.displayName} src={mediaUrl(me.avatarPath)} size="large" />
      <div className="flex flex-col items-start gap-1">
        <input
          id={id}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          className="peer sr-only"
          onChange={(event) => {
            setChosen(event.currentTarget.files?.[0] ?? null)
            event.currentTarget.value = ''
          }}
        />
        <label
          htmlFor={id}
          className="-ml-1 inline-flex min-h-11 items-center gap-2 rounded-md px-1 font-semibold text-[0.9375rem] text-volt hover:text-volt-bright peer-focus-visible:outline-2 peer-focus-visible:outline-volt"
        >
          <ImagePlus className="size-4" aria-hidden="true" />
          {t('account.avatarChoose')}
        </label>
        {me.avatarPath ? (
          <Button
            look="quiet"
            className="-ml-4"
            disabled={isBusy}
            onClick={() => void save('/api/me/avatar/remove', profileSchema, {})}
          >
            <X className="size-4" aria-hidden="true" />
            {t('account.avatarRemove')}
          </Button>
        ) : null}
        {refused ? (
          <p role="alert" className="text-sm text-warn">
            {refused.field === 'avatar' ? t('start.artworkFailed') : t(`errors.${refused.code}`)}
          </p>
        ) : null}
      </div>
      {chosen ? (
        <CropDialog
          picture={chosen}
          onClose={() => setChosen(null)}
          onCropped={async (square) => {
            setChosen(null)
            await save('/api/me/avatar', profileSchema, square)
          }}
        />
      ) : null}
    </div>
  )
}
