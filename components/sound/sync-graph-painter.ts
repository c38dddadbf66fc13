import { fitCanvas } from '#components/ui/fit-canvas.ts'
import { historyInMs, type SyncReading, scaleInMs } from './sync-history.ts'

type Colours = { lit: string; band: string; line: string; text: string }

/** Nobody hears less than this. */
const heardAboveInMs = 20
const dotInPx = 3

/** Draws the last half minute: the room as a line in the middle, the own sound around it, the clock's doubt as a band. */
export function createSyncGraphPainter(canvas: HTMLCanvasElement, colours: Colours) {
  const fitted = fitCanvas(canvas)
  const { context } = fitted
  let scale = 0

  const yOf = (offsetInMs: number) => (1 - offsetInMs / scale) * (fitted.heightInPx / 2)

  function drawRule(offsetInMs: number, dash: number[]): void {
    if (!context) return
    context.setLineDash(dash)
    context.strokeStyle = colours.line
    context.lineWidth = 1
    context.beginPath()
    context.moveTo(0, Math.round(yOf(offsetInMs)) + 0.5)
    context.lineTo(fitted.widthInPx, Math.round(yOf(offsetInMs)) + 0.5)
    context.stroke()
    context.setLineDash([])
  }

  function paint(history: readonly SyncReading[], nowInMs: number): void {
    const { widthInPx, heightInPx } = fitted
    if (!context || widthInPx === 0) return
    const wanted = scaleInMs(history)
    // The scale glides to a new step rather than to jump.
    scale = scale === 0 ? wanted : scale + (wanted - scale) * 0.08
    context.clearRect(0, 0, widthInPx, heightInPx)
    const xOf = (atInMs: number) => widthInPx - dotInPx - ((nowInMs - atInMs) / historyInMs) * widthInPx

    const uncertaintyInMs = history.at(-1)?.uncertaintyInMs
    if (uncertaintyInMs) {
      context.fillStyle = colours.band
      const top = yOf(uncertaintyInMs)
      context.fillRect(0, top, widthInPx, yOf(-uncertaintyInMs) - top)
    }
    drawRule(0, [])
    for (const offsetInMs of [heardAboveInMs, -heardAboveInMs]) drawRule(offsetInMs, [2, 5])

    context.strokeStyle = colours.lit
    context.fillStyle = colours.lit
    context.lineWidth = 2
    context.lineJoin = 'round'
    context.beginPath()
    let isPenDown = false
    for (const { atInMs, offsetInMs } of history) {
      if (offsetInMs === null) {
        isPenDown = false
        continue
      }
      if (isPenDown) context.lineTo(xOf(atInMs), yOf(offsetInMs))
      else context.moveTo(xOf(atInMs), yOf(offsetInMs))
      isPenDown = true
    }
    context.stroke()
    const last = history.at(-1)
    if (last && last.offsetInMs !== null) {
      context.beginPath()
      context.arc(xOf(last.atInMs), yOf(last.offsetInMs), dotInPx, 0, 2 * Math.PI)
      context.fill()
    }
    context.fillStyle = colours.text
    context.font = '10px ui-monospace, monospace'
    context.fillText(`±${Math.round(scale)} ms`, 6, 14)
  }

  return { paint, destroy: fitted.destroy }
}
