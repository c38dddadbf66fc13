import { expect, test, vi } from 'vitest'
import { dropIndex, followDrag } from './drag-order.ts'

const rowHeightInPx = 60

/** What a drag touches of a row: rows stand below each other from the top of the page. */
const rowAt = (index: number) =>
  ({
    getBoundingClientRect: () => ({ top: index * rowHeightInPx, height: rowHeightInPx }),
    style: { transform: '' },
    dataset: {},
  }) as unknown as HTMLElement

function drag(from: number) {
  const rows = [0, 1, 2].map(rowAt)
  const handle = Object.assign(new EventTarget(), { setPointerCapture: vi.fn() }) as unknown as HTMLElement
  const tell = (type: string, clientY = 0) =>
    handle.dispatchEvent(Object.assign(new Event(type), { clientY }))
  const onEnd = vi.fn()
  const start = Object.assign(new Event('pointerdown'), { clientY: 0, pointerId: 1 }) as PointerEvent
  const giveUp = followDrag(handle, start, rows, from, onEnd)
  const traces = () => rows.map(({ style, dataset }) => [style.transform, 'dragging' in dataset])
  return { tell, onEnd, giveUp, traces }
}
const noTraces = Array.from({ length: 3 }, () => ['', false])

test('a row goes where its middle is among the others', () => {
  expect(dropIndex([30, 90], 0)).toBe(0)
  expect(dropIndex([30, 90], 100)).toBe(2)
})

test('a dropped row says where, once, and leaves no offsets', () => {
  const { tell, onEnd, traces } = drag(0)
  tell('pointermove', 130)
  expect(traces()).toEqual([
    ['translateY(130px)', true],
    ['translateY(-60px)', false],
    ['translateY(-60px)', false],
  ])
  tell('pointerup')
  tell('lostpointercapture')
  expect(onEnd.mock.calls).toEqual([[2]])
  expect(traces()).toEqual(noTraces)
})

test.each(['the browser', 'the page'])('a drag that %s ends drops nothing and leaves no offsets', (by) => {
  const { tell, onEnd, giveUp, traces } = drag(2)
  tell('pointermove', -2 * rowHeightInPx)
  if (by === 'the browser') tell('lostpointercapture')
  else giveUp?.()
  expect(onEnd.mock.calls).toEqual([[null]])
  expect(traces()).toEqual(noTraces)
  tell('pointermove', 10)
  tell('pointerup')
  expect(onEnd).toHaveBeenCalledTimes(1)
  expect(traces()).toEqual(noTraces)
})
