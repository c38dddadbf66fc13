'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { onFrame } from '#components/player/frame-loop.ts'
import { loudestOf, nextLevel, silence } from '#lib/domain/live/level.ts'
import { createLevelPainter } from './level-painter.ts'
import { useLiveDesk } from './live-desk-context.ts'

const samplesAtOnce = 2_048

/** How loud the source is, on both sides, and whether it is too loud. */
export function LevelMeter() {
  const t = useTranslations('live')
  const desk = useLiveDesk()
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const [isClipping, setIsClipping] = useState(false)
  useEffect(() => {
    const canvas = canvasRef.current
    if (!canvas) return
    const painter = createLevelPainter(canvas)
    const samples = [new Float32Array(samplesAtOnce), new Float32Array(samplesAtOnce)] as const
    let levels = [silence, silence]
    let lastInMs = performance.now()
    const unsubscribe = onFrame((nowInMs) => {
      desk.readLevel(...samples)
      const elapsedInMs = Math.max(0, nowInMs - lastInMs)
      lastInMs = nowInMs
      levels = samples.map((side, i) =>
        nextLevel(levels[i] ?? silence, loudestOf(side), nowInMs, elapsedInMs),
      )
      painter.paint(levels)
      setIsClipping(levels.some((level) => level.isClipping))
    }, 'lively')
    return () => {
      unsubscribe()
      painter.destroy()
    }
  }, [desk])
  return (
    <div className="flex min-w-40 flex-1 items-center gap-2">
      <canvas ref={canvasRef} role="img" aria-label={t('level')} className="h-6 w-full min-w-0 text-volt" />
      <span role="status" className="label shrink-0 text-warn">
        {isClipping ? t('tooLoud') : null}
      </span>
    </div>
  )
}
