import { fitCanvas } from '#components/ui/fit-canvas.ts'
import { type Level, onScale } from '#lib/domain/live/level.ts'

const marksInDb = [-48, -36, -24, -12, -6]
/** From here on it is near to too loud. */
const hotAboveInDb = -6
const gapInPx = 3

/** Draws levels as bars from left to right, one a channel, on a scale in decibels. */
export function createLevelPainter(canvas: HTMLCanvasElement) {
  const fitted = fitCanvas(canvas)
  const style = getComputedStyle(canvas)
  const colours = {
    lit: style.color,
    hot: style.getPropertyValue('--color-warn').trim() || style.color,
    unlit: style.getPropertyValue('--color-line').trim() || style.color,
  }

  return {
    paint(levels: readonly Level[]): void {
      const { context, widthInPx, heightInPx } = fitted
      if (!context) return
      context.clearRect(0, 0, widthInPx, heightInPx)
      const barInPx = (heightInPx - gapInPx * (levels.length - 1)) / levels.length
      const hotFrom = onScale(hotAboveInDb) * widthInPx
      for (const [i, { peakInDb }] of levels.entries()) {
        const top = i * (barInPx + gapInPx)
        const length = onScale(peakInDb) * widthInPx
        context.fillStyle = colours.unlit
        context.fillRect(0, top, widthInPx, barInPx)
        context.fillStyle = colours.lit
        context.fillRect(0, top, Math.min(length, hotFrom), barInPx)
        context.fillStyle = colours.hot
        context.fillRect(hotFrom, top, Math.max(0, length - hotFrom), barInPx)
      }
      for (const mark of marksInDb) context.clearRect(onScale(mark) * widthInPx, 0, 1, heightInPx)
    },
    destroy: fitted.destroy,
  }
}
