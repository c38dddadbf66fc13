'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'
import Cropper, { type Area } from 'react-easy-crop'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import 'react-easy-crop/react-easy-crop.css'
import { cropSquare } from './crop-square.ts'

type CropDialogProps = { picture: File; onClose: () => void; onCropped: (square: Blob) => Promise<void> }

const zoomMax = 4

/** Which part of a picture is shown: moved by hand, wheel or arrow keys. */
export function CropDialog({ picture, onClose, onCropped }: CropDialogProps) {
  const t = useTranslations()
  const id = useId()
  const [url, setUrl] = useState<string | null>(null)
  const [crop, setCrop] = useState({ x: 0, y: 0 })
  const [zoom, setZoom] = useState(1)
  const [area, setArea] = useState<Area | null>(null)
  const [hasFailed, setHasFailed] = useState(false)

  useEffect(() => {
    const made = URL.createObjectURL(picture)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])

  const use = async () => {
    if (!area) return
    try {
      await onCropped(await cropSquare(picture, area))
    } catch {
      setHasFailed(true)
    }
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('account.cropTitle')}>
      <div className="flex flex-col gap-5">
        <div className="relative h-72 overflow-hidden rounded-xl bg-sunken">
          {url ? (
            <Cropper
              image={url}
              crop={crop}
              zoom={zoom}
              maxZoom={zoomMax}
              aspect={1}
              onCropChange={setCrop}
              onZoomChange={setZoom}
              onCropComplete={(_percent, pixels) => setArea(pixels)}
              onMediaLoaded={() => setHasFailed(false)}
              mediaProps={{ alt: '', onError: () => setHasFailed(true) }}
              cropperProps={{ role: 'group', 'aria-label': t('account.cropHint') }}
              disableAutomaticStylesInjection
            />
          ) : null}
        </div>
        <label htmlFor={id} className="font-medium text-sm">
          {t('account.cropZoom')}
        </label>
        <input
          id={id}
          type="range"
          min={1}
          max={zoomMax}
          step={0.05}
          value={zoom}
          onChange={(event) => setZoom(Number(event.currentTarget.value))}
          className="h-11 accent-volt"
        />
        {hasFailed ? (
          <p role="alert" className="text-sm text-warn">
            {t('start.artworkFailed')}
          </p>
        ) : null}
        <Button disabled={area === null} onClick={() => void use()}>
          {t('account.cropUse')}
        </Button>
      </div>
    </Dialog>
  )
}
