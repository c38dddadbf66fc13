import type { SeededPerson } from '#lib/testing/seed-people.ts'

/** `fetch` for paths of the app, as a browser on one of our own pages does it. */
export function fetchAs(
  person: SeededPerson,
  appUrl: string,
): (path: string, init: RequestInit) => Promise<Response> {
  return (path, init) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', person.cookie)
    headers.set('origin', appUrl)
    return fetch(`${appUrl}${path}`, { ...init, headers })
  }
}
