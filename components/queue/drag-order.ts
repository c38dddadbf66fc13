/** Where the dragged row goes, by the middles of the others: as many rows stand above it as middles lie above. */
export function dropIndex(middlesOfOthers: readonly number[], draggedMiddle: number): number {
  return middlesOfOthers.filter((middle) => middle < draggedMiddle).length
}

type Row = { element: HTMLElement; top: number; height: number }

/**
 * Follows one drag of a row by its handle, with transforms alone, of which nothing stays. The rows must keep their places
 * meanwhile. Returns what gives the drag up; null where there is no such row.
 *
 * @param onEnd told once: where the row was dropped, or null where the drag was given up, be it by the browser, which takes
 * the pointer away from a handle that was moved or a touch that became a gesture
 */
export function followDrag(
  handle: HTMLElement,
  event: PointerEvent,
  rowElements: readonly HTMLElement[],
  from: number,
  onEnd: (to: number | null) => void,
): (() => void) | null {
  const rows: Row[] = rowElements.map((element) => {
    const { top, height } = element.getBoundingClientRect()
    return { element, top, height }
  })
  const dragged = rows[from]
  if (!dragged) return null
  const others = rows.filter((row) => row !== dragged)
  let to = from

  handle.setPointerCapture(event.pointerId)
  dragged.element.dataset.dragging = ''

  const move = ({ clientY }: PointerEvent): void => {
    const shift = clientY - event.clientY
    const middle = dragged.top + dragged.height / 2 + shift
    to = dropIndex(
      others.map(({ top, height }) => top + height / 2),
      middle,
    )
    dragged.element.style.transform = `translateY(${shift}px)`
    for (const [index, { element }] of others.entries()) {
      const isPassedDown = index >= from && index < to
      const isPassedUp = index < from && index >= to
      const step = isPassedDown ? -dragged.height : isPassedUp ? dragged.height : 0
      element.style.transform = step === 0 ? '' : `translateY(${step}px)`
    }
  }
  const end = (droppedAt: number | null): void => {
    handle.removeEventListener('pointermove', move)
    handle.removeEventListener('pointerup', drop)
    handle.removeEventListener('lostpointercapture', giveUp)
    for (const { element } of rows) element.style.transform = ''
    delete dragged.element.dataset.dragging
    onEnd(droppedAt)
  }
  const drop = (): void => end(to)
  const giveUp = (): void => end(null)
  handle.addEventListener('pointermove', move)
  handle.addEventListener('pointerup', drop)
  // Comes after a `pointercancel`, too.
  handle.addEventListener('lostpointercapture', giveUp)
  return giveUp
}
