'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { onFrame } from '#components/player/frame-loop.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { heardPhase } from '#lib/client/audio/audio-snapshot.ts'
import { createSyncGraphPainter } from './sync-graph-painter.ts'
import { type SyncReading, withReading } from './sync-history.ts'

/** The identity's light, as `app/globals.css` has it. */
const colours = { lit: '#d9f54a', band: '#2a300d', line: '#453c31', text: '#a99f8f' }

/** The offset of the last half minute. The figures below it say in words what it shows now. */
export function SyncGraph() {
  const t = useTranslations('sound')
  const { audio } = useRoomContext()
  const canvasRef = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = canvasRef.current
    if (!canvas) return
    const painter = createSyncGraphPainter(canvas, colours)
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
    let history: readonly SyncReading[] = []
    let paintedAtInMs = Number.NEGATIVE_INFINITY
    const note = () => {
      const snapshot = audio.getSnapshot()
      const { offsetInMs, uncertaintyInMs } = snapshot
      const shown = heardPhase(snapshot) === 'in_sync' ? offsetInMs : null
      history = withReading(history, { atInMs: performance.now(), offsetInMs: shown, uncertaintyInMs })
    }
    note()
    const unsubscribe = audio.subscribe(note)
    const stop = onFrame((nowInMs) => {
      if (calm.matches && nowInMs - paintedAtInMs < 1_000) return
      paintedAtInMs = nowInMs
      painter.paint(history, nowInMs)
    })
    return () => {
      stop()
      unsubscribe()
      painter.destroy()
    }
  }, [audio])
  return (
    <canvas ref={canvasRef} role="img" aria-label={t('graph')} className="bubble h-32 w-full bg-sunken" />
  )
}
