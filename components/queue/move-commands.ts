/** One `queue.move`: the item goes in front of the other one. */
export type Move = { itemId: string; beforeItemId: string }

/** The order with one item brought to another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const others = items.filter((_, index) => index !== from)
  const item = items[from]
  return item === undefined ? others : [...others.slice(0, to), item, ...others.slice(to)]
}

/**
 * The moves that bring an item to another place. Something can only be put in front of something else, so an item gets
 * to the very end by the others passing it one by one.
 */
export function movesTo(itemIds: readonly string[], from: number, to: number): Move[] {
  const itemId = itemIds[from]
  if (itemId === undefined || from === to) return []
  const others = itemIds.filter((_, index) => index !== from)
  const beforeItemId = others[to]
  if (beforeItemId !== undefined) return [{ itemId, beforeItemId }]
  return itemIds.slice(from + 1).map((passing) => ({ itemId: passing, beforeItemId: itemId }))
}
