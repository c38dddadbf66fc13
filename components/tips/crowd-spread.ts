const perPersonInMs = 10
const maxInMs = 60_000

/** Over how long a crowd spreads what everybody asks at the same moment: about a hundred questions a second. */
export function crowdSpreadInMs(people: number): number {
  return Math.min(maxInMs, people * perPersonInMs)
}
