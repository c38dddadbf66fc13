import { fitCanvas } from '#components/ui/fit-canvas.ts'
import type { LoopRegion } from '#lib/domain/timeline/timeline.ts'
import { coloursOfBars } from './band-colours.ts'
import { drawLoop } from './draw-loop.ts'
import { barsOf, levelAt } from './waveform-bars.ts'

export type WaveformView = {
  waveform: readonly number[]
  /** Three hexadecimal digits a bar: low, middle and high tones. Null where nobody listened for them. */
  bands: string | null
  durationInMs: number
  /** Where the room is; null leaves everything unlit. */
  positionInMs: number | null
  /** A position that is being pointed at, before it is taken. */
  aimInMs: number | null
  /** A region that is repeated. */
  loop: LoopRegion | null
  /** Where the DJ wants the next loop to start. */
  markInMs: number | null
  isPlaying: boolean
}

const barStepInPx = 5
const barWidthInPx = 3
const swellRadiusInPx = 46
/** One breath of the room. It hangs on the position alone, so that every screen breathes at the same time. */
const breathInMs = 4_000

type Colours = { lit: string; unlit: string; line: string }

/** Draws a waveform as light on a canvas, at the size that the canvas has on the page. */
export function createWaveformPainter(canvas: HTMLCanvasElement, colours: Colours, isCalm: () => boolean) {
  let bars: number[] = []
  let barColours: { lit: string; unlit: string }[] | null = null
  let barsFrom: readonly number[] | null = null
  const fitted = fitCanvas(canvas, () => {
    barsFrom = null
  })
  const { context } = fitted

  function drawGlow(x: number, level: number): void {
    if (!context) return
    const { heightInPx } = fitted
    const radius = heightInPx * (0.5 + level * 0.6)
    const glow = context.createRadialGradient(x, heightInPx / 2, 0, x, heightInPx / 2, radius)
    glow.addColorStop(0, colours.lit)
    glow.addColorStop(1, 'transparent')
    context.globalAlpha = 0.1 + level * 0.34
    context.fillStyle = glow
    context.fillRect(x - radius, 0, radius * 2, heightInPx)
    context.globalAlpha = 1
  }

  function drawBar(x: number, level: number, colour: string): void {
    if (!context) return
    const { heightInPx } = fitted
    const height = Math.max(3, level * heightInPx)
    context.fillStyle = colour
    context.beginPath()
    context.roundRect(x, (heightInPx - height) / 2, barWidthInPx, height, barWidthInPx / 2)
    context.fill()
  }

  function paint(view: WaveformView): void {
    const { waveform, bands, durationInMs, positionInMs, aimInMs, isPlaying } = view
    const { widthInPx, heightInPx } = fitted
    if (!context || widthInPx === 0) return
    const count = Math.floor(widthInPx / barStepInPx)
    if (barsFrom !== waveform || bars.length !== count) {
      bars = barsOf(waveform, count)
      barColours = bands ? coloursOfBars(bands, count) : null
      barsFrom = waveform
    }
    context.clearRect(0, 0, widthInPx, heightInPx)
    const share = positionInMs === null ? -1 : positionInMs / durationInMs
    const headX = share * widthInPx
    const isAlive = isPlaying && !isCalm() && positionInMs !== null
    const level = isAlive ? levelAt(waveform, share) : 0
    const breath = isAlive ? 0.5 - 0.5 * Math.cos((positionInMs / breathInMs) * 2 * Math.PI) : 0
    if (isAlive) drawGlow(headX, level * (0.6 + 0.4 * breath))

    for (const [index, bar] of bars.entries()) {
      const x = index * barStepInPx
      const nearness = isAlive ? Math.exp(-(((x - headX) / swellRadiusInPx) ** 2)) : 0
      const swell = 0.8 + nearness * (0.06 + 0.14 * breath * level)
      const { lit, unlit } = barColours?.[index] ?? colours
      drawBar(x, bar * swell, x < headX ? lit : unlit)
    }
    drawLoop({ context, widthInPx, heightInPx, durationInMs, colour: colours.lit }, view.loop, view.markInMs)
    if (positionInMs !== null) {
      context.fillStyle = colours.line
      context.fillRect(Math.round(headX) - 1, 0, 2, heightInPx)
    }
    if (aimInMs !== null) {
      context.globalAlpha = 0.6
      context.fillRect(Math.round((aimInMs / durationInMs) * widthInPx) - 1, 0, 2, heightInPx)
      context.globalAlpha = 1
    }
  }

  return { paint, destroy: fitted.destroy }
}
