import type { LoopRegion } from '#lib/domain/timeline/timeline.ts'

type Drawing = {
  context: CanvasRenderingContext2D
  widthInPx: number
  heightInPx: number
  durationInMs: number
  colour: string
}

const serifInPx = 6

/** Draws a repeated region as light between brackets, and the bracket of one that is only begun. */
export function drawLoop(drawing: Drawing, loop: LoopRegion | null, markInMs: number | null): void {
  const { context, widthInPx, heightInPx, durationInMs, colour } = drawing
  const xOf = (positionInMs: number) => Math.round((positionInMs / durationInMs) * widthInPx)
  context.fillStyle = colour
  if (loop) {
    const [startX, endX] = [xOf(loop.startInMs), xOf(loop.endInMs)]
    context.globalAlpha = 0.14
    context.fillRect(startX, 0, endX - startX, heightInPx)
    context.globalAlpha = 1
    drawBracket(context, startX, heightInPx, serifInPx)
    drawBracket(context, endX, heightInPx, -serifInPx)
  }
  if (markInMs !== null) drawBracket(context, xOf(markInMs), heightInPx, serifInPx)
}

function drawBracket(context: CanvasRenderingContext2D, x: number, heightInPx: number, serif: number): void {
  context.fillRect(x - 1, 0, 2, heightInPx)
  context.fillRect(x, 0, serif, 2)
  context.fillRect(x, heightInPx - 2, serif, 2)
}
