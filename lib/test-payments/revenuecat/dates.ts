/** The time as RevenueCat tells it: in whole seconds. */
export function dateOf(atInMs: number): string {
  return new Date(atInMs).toISOString().replace(/\.\d+Z$/, 'Z')
}

export const now = (): string => dateOf(Date.now())
