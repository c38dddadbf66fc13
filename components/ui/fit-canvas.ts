/** A canvas as large as it is on the page. Drawing is in CSS pixels, at the density of the screen, twofold at the most. */
export type FittedCanvas = {
  /** Null where the browser has none to give. */
  readonly context: CanvasRenderingContext2D | null
  /** 0 until the page was laid out. */
  readonly widthInPx: number
  readonly heightInPx: number
  destroy: () => void
}

const densityMax = 2

/** Keeps the canvas at its size on the page; calls `onResize` when that is another one, and what was drawn is gone. */
export function fitCanvas(canvas: HTMLCanvasElement, onResize = () => {}): FittedCanvas {
  const context = canvas.getContext('2d')
  let widthInPx = 0
  let heightInPx = 0
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    const density = Math.min(window.devicePixelRatio, densityMax)
    widthInPx = entry.contentRect.width
    heightInPx = entry.contentRect.height
    canvas.width = Math.round(widthInPx * density)
    canvas.height = Math.round(heightInPx * density)
    context?.setTransform(density, 0, 0, density, 0, 0)
    onResize()
  })
  observer.observe(canvas)
  return {
    context,
    get widthInPx() {
      return widthInPx
    },
    get heightInPx() {
      return heightInPx
    },
    destroy: () => observer.disconnect(),
  }
}
