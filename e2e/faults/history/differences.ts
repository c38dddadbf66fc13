/** Where two values of JSON differ, by path: what the one has and the other should make it. */
export function differences(is: unknown, should: unknown, path = 'room'): string[] {
  if (isContainer(is) && isContainer(should) && Array.isArray(is) === Array.isArray(should)) {
    const keys = new Set([...Object.keys(is), ...Object.keys(should)])
    return [...keys].flatMap((key) => differences(is[key], should[key], `${path}.${key}`))
  }
  return Object.is(is, should) ? [] : [`${path} is ${text(is)} and should be ${text(should)}`]
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function text(value: unknown): string {
  return (JSON.stringify(value) ?? 'absent').slice(0, 200)
}
