'use client'
import { Headphones, Volume2, VolumeX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRoomContext } from '#components/room/room-context.ts'
import { useAudio } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'

/** One's own sound: asked for by a tap where the browser wants one, and always in one's own hands. */
export function ListenButton() {
  const t = useTranslations('player')
  const { audio } = useRoomContext()
  const isListening = useAudio(({ isListening }) => isListening)
  const needsGesture = useAudio(({ phase }) => phase === 'needs_gesture')
  if (needsGesture) {
    return (
      <Button size="large" onClick={audio.start} className="flex-1 sm:flex-none">
        <Headphones className="size-5" aria-hidden="true" />
        {t('startListening')}
      </Button>
    )
  }
  return (
    <IconButton
      look="outline"
      label={isListening ? t('stopListening') : t('unmute')}
      onClick={isListening ? audio.stop : audio.start}
    >
      {isListening ? (
        <Volume2 className="size-5" aria-hidden="true" />
      ) : (
        <VolumeX className="size-5 text-warn" aria-hidden="true" />
      )}
    </IconButton>
  )
}
