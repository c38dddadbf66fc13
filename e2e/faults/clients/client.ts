import type { CommandInput } from '#lib/client/session/commands.ts'
import { createRequestJson, createSessionApi, type RequestJson } from '#lib/client/session/session-api.ts'
import { createSessionClient } from '#lib/client/session/session-client.ts'
import type { RoomView } from '#lib/client/session/view-state.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import type { GivenCommand } from '../history/history.ts'
import { createTransport } from './create-transport.ts'
import { fetchAs } from './fetch-as.ts'
import type { Lines, Listening } from './messages.ts'
import { createRecorder, type Recorder } from './recorder.ts'

/** The product's own client, as one person's browser runs it, with everything written down. */
export type Client = {
  person: SeededPerson
  network: number
  listening: Listening
  recorder: Recorder
  commands: GivenCommand[]
  request: RequestJson
  /** Null until there is a room, and when it is closed to this person. */
  view: () => RoomView | null
  refusal: () => ErrorCode | null
  /** Resolves once it is settled. */
  give: (input: CommandInput) => Promise<void>
  /** Resolves once the condition holds, which is asked whenever something changes. */
  until: (condition: (view: RoomView) => boolean) => Promise<void>
  leave: () => void
}

export function openClient(options: {
  sessionId: string
  publishableKey: string
  person: SeededPerson
  network: number
  listening: Listening
  lines: Lines
}): Client {
  const { sessionId, person, network, listening, lines } = options
  const recorder = createRecorder()
  const commands: GivenCommand[] = []
  const fetch = fetchAs(person, lines.appUrl)
  const request = createRequestJson(async () => {}, fetch)
  const api = createSessionApi(sessionId, null, request)
  let newestId = ''
  const session = createSessionClient({
    sessionId,
    api: {
      ...api,
      enter: () => {
        recorder.countSnapshot()
        return api.enter()
      },
      snapshot: () => {
        recorder.countSnapshot()
        return api.snapshot()
      },
    },
    transport: recorder.watchTransport(
      createTransport({ ...options, fetch, askWays: async () => (await api.join()).ways }),
    ),
    store: null,
    now: Date.now,
    random: Math.random,
    newId: () => {
      newestId = crypto.randomUUID()
      return newestId
    },
    onWake: () => () => {},
  })
  recorder.watch(session)

  const view = (): RoomView | null => {
    const now = session.getSnapshot()
    return now.status === 'ready' ? now : null
  }
  return {
    person,
    network,
    listening,
    recorder,
    commands,
    request,
    view,
    refusal: () => {
      const now = session.getSnapshot()
      return now.status === 'refused' ? now.code : null
    },
    give: async (input) => {
      const settled = session.send(input)
      const commandId = newestId
      const result = await settled
      commands.push({
        commandId,
        userId: person.userId,
        kind: input.kind,
        ...(input.kind === 'queue.vote' && { vote: { itemId: input.itemId, voted: input.voted } }),
        answeredAtInMs: Date.now(),
        result: result.ok ? { ok: true, seq: result.acknowledgement.seq } : { ok: false, code: result.code },
      })
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          const now = view()
          if (!now || !condition(now)) return
          unsubscribe()
          resolve()
        }
        const unsubscribe = session.subscribe(look)
        look()
      }),
    leave: session.destroy,
  }
}
