import { createRequestJson } from '#lib/client/session/session-api.ts'

/** Fetches JSON from our own routes where nobody needs to be signed in. @throws CodedError */
export const fetchJson = createRequestJson(async () => undefined)
