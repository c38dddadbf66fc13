'use client'
import { useEffect, useRef } from 'react'
import { onFrame, type Pace } from './frame-loop.ts'
import { createWaveformPainter, type WaveformView } from './waveform-painter.ts'

/** The identity's light, as `app/globals.css` has it. */
const colours = { lit: '#d9f54a', unlit: '#453c31', line: '#f6f0e4' }

type WaveformProps = {
  /** Asked before each frame that is painted, so that nothing renders again while the music plays. */
  readView: () => WaveformView
  label: string
  pace: Pace
  className?: string
}

/** The live waveform. What it shows is also said in words beside it. */
export function Waveform({ readView, label, pace, className }: WaveformProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = canvasRef.current
    if (!canvas) return
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
    const painter = createWaveformPainter(canvas, colours, () => calm.matches)
    const stop = onFrame(() => painter.paint(readView()), pace)
    return () => {
      stop()
      painter.destroy()
    }
  }, [readView, pace])
  return <canvas ref={canvasRef} role="img" aria-label={label} className={className} />
}
