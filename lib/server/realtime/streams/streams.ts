import type { CatchUp } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { PollQuery } from '#lib/protocol/stream.ts'
import { accessTokenOf, type Credentials } from '../../db/access-token.ts'
import type { Log } from '../../log.ts'
import type { Hub } from '../hub/hub.ts'
import type { AuthoriseStream } from './authorise-stream.ts'
import { createLongPoll } from './long-poll.ts'

export type StreamsDeps = {
  hub: Hub
  authorise: AuthoriseStream
  /** The log after a cursor, as the person. @throws CodedError */
  catchUpAs: (accessToken: string, sessionId: string, after: number) => Promise<CatchUp>
  log: Log
  now: () => number
  random: () => number
}

/** What both forms of the streams share: on bare node:http, and as route handlers. */
export type Streams = Pick<StreamsDeps, 'hub' | 'authorise' | 'log' | 'random'> & {
  /** Answers a poll with JSON, or with null when nobody waits any more. @throws CodedError */
  answerPoll: (
    sessionId: string,
    query: PollQuery,
    credentials: Credentials,
    signal: AbortSignal,
  ) => Promise<string | null>
}

export function createStreams(deps: StreamsDeps): Streams {
  const { hub, authorise, catchUpAs, log, random } = deps
  const hold = createLongPoll(deps)
  const authoriseReader: AuthoriseStream = async (sessionId, credentials) => {
    const grant = await authorise(sessionId, credentials)
    // A ban that came while the hub read the log is old to the hub, which obeys only new ones.
    return (await hub.waitFor(sessionId)) ? authorise(sessionId, credentials) : grant
  }
  return {
    hub,
    authorise: authoriseReader,
    log,
    random,
    answerPoll: async (sessionId, query, credentials, signal) => {
      if (query.waitInMs > 0) {
        return hold(sessionId, await authoriseReader(sessionId, credentials), query, signal)
      }
      // From the log at once, which SQL gives to members alone; it also takes down that they are here.
      const accessToken = await accessTokenOf(credentials)
      if (!accessToken) throw new CodedError('not_signed_in')
      return JSON.stringify(await catchUpAs(accessToken, sessionId, query.after))
    },
  }
}
