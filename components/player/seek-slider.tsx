'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { formatDuration } from './format-duration.ts'
import { onFrame } from './frame-loop.ts'
import { readCue } from './read-cue.ts'
import type { SeekGesture } from './seek-gesture.ts'

type SeekSliderProps = { durationInMs: number; gesture: SeekGesture }

const stepInMs = 5_000

/**
 * The DJ's hand on the song: a slider over the waveform, invisible but for its focus. Its thumb must have a width: without
 * one it is as wide as the track in Chromium, and every click seeks to the beginning.
 */
export function SeekSlider({ durationInMs, gesture }: SeekSliderProps) {
  const t = useTranslations('controls')
  const room = useRoomContext()
  const inputRef = useRef<HTMLInputElement>(null)

  useEffect(
    () =>
      onFrame(() => {
        const input = inputRef.current
        if (!input) return
        const positionInMs = gesture.aimInMs() ?? Math.max(0, readCue(room)?.positionInMs ?? 0)
        const position = formatDuration(positionInMs)
        if (input.dataset.position === position) return
        input.dataset.position = position
        input.value = String(positionInMs)
        input.setAttribute(
          'aria-valuetext',
          t('seekValue', { position, duration: formatDuration(durationInMs) }),
        )
      }),
    [room, gesture, durationInMs, t],
  )

  return (
    <input
      ref={inputRef}
      type="range"
      aria-label={t('seek')}
      min={0}
      max={durationInMs}
      step={stepInMs / 5}
      defaultValue={0}
      onPointerDown={gesture.press}
      onPointerUp={gesture.release}
      onPointerCancel={gesture.release}
      onChange={(event) => gesture.aim(event.currentTarget.valueAsNumber)}
      className="absolute inset-0 size-full cursor-pointer appearance-none bg-transparent opacity-0 focus-visible:opacity-100 [&::-moz-range-thumb]:opacity-0 [&::-webkit-slider-thumb]:w-px [&::-webkit-slider-thumb]:appearance-none"
    />
  )
}
