import { createSession } from '#lib/client/session/create-session.ts'
import { createRequestJson } from '#lib/client/session/session-api.ts'
import { acknowledgementSchema } from '#lib/protocol/commands.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import { fetchAs } from '../clients/fetch-as.ts'

/** Opens a session of a DJ, with these tracks waiting. */
export async function prepareSession(
  appUrl: string,
  dj: SeededPerson,
  trackIds: readonly string[],
): Promise<string> {
  const request = createRequestJson(async () => {}, fetchAs(dj, appUrl))
  const { id } = await createSession(request, { title: 'Noche de fallos', visibility: 'public' })
  for (const trackId of trackIds) {
    const command = { kind: 'queue.add', commandId: crypto.randomUUID(), trackId }
    await request(`/api/sessions/${id}/commands`, acknowledgementSchema, command)
  }
  return id
}
