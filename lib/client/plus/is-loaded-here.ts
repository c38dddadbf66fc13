/**
 * Whether the browser loaded this very page, rather than come to it from another page of the app. It holds a document to the
 * policy that it was loaded with, and no page but the one that sells lets RevenueCat in.
 */
export function isLoadedHere(): boolean {
  const [loaded] = performance.getEntriesByType('navigation')
  return !loaded || new URL(loaded.name).pathname === location.pathname
}
