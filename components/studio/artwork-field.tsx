'use client'
import { ImagePlus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Cover } from '#components/ui/cover.tsx'
import { Picture } from '#components/ui/picture.tsx'

type ArtworkFieldProps = {
  /** What the drawing is made from while there is no picture. */
  seed: string
  picture: File | null
  onChange: (picture: File | null) => void
}

/** The session's picture: chosen, or drawn by us from its name. */
export function ArtworkField({ seed, picture, onChange }: ArtworkFieldProps) {
  const t = useTranslations('start')
  const id = useId()
  const [previewUrl, setPreviewUrl] = useState<string | null>(null)

  useEffect(() => {
    if (!picture) return
    const url = URL.createObjectURL(picture)
    setPreviewUrl(url)
    return () => {
      setPreviewUrl(null)
      URL.revokeObjectURL(url)
    }
  }, [picture])

  return (
    <div className="flex items-center gap-4">
      {previewUrl ? (
        <Picture
          src={previewUrl}
          alt=""
          width={96}
          height={96}
          className="bubble size-24 shrink-0 object-cover"
        />
      ) : (
        <Cover id={seed} className="size-24" />
      )}
      <div className="flex flex-col items-start gap-1.5">
        <span className="font-medium text-sm">{t('artwork')}</span>
        <span className="text-muted text-sm">{t('artworkHint')}</span>
        <input
          id={id}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          className="peer sr-only"
          onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
        />
        {picture ? (
          <Button look="quiet" className="-ml-4" onClick={() => onChange(null)}>
            <X className="size-4" aria-hidden="true" />
            {t('artworkRemove')}
          </Button>
        ) : (
          <label
            htmlFor={id}
            className="-ml-1 inline-flex min-h-11 items-center gap-2 rounded-md px-1 font-semibold text-volt text-[0.9375rem] hover:text-volt-bright peer-focus-visible:outline-2 peer-focus-visible:outline-volt"
          >
            <ImagePlus className="size-4" aria-hidden="true" />
            {t('artworkChoose')}
          </label>
        )}
      </div>
    </div>
  )
}
