import type { IncomingMessage, ServerResponse } from 'node:http'
import { liveParamsSchema } from '#lib/protocol/live.ts'
import { answerOnNode, answerRefusalOnNode, headersOf } from '../http/answer-on-node.ts'
import { parseInput } from '../http/parse-input.ts'
import { refuseAt } from '../http/refuse.ts'
import type { Log } from '../log.ts'
import { playlistHeaders } from './the-playlists.ts'

export type PlaylistsDeps = {
  playlist: (streamId: string, headers: { get: (name: string) => string | null }) => Promise<string>
  log: Log
}

/** @returns whether the request was answered; every other one was not touched */
export type ServePlaylists = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

const pathPattern = /^\/api\/live\/([^/?#]+)\/index\.m3u8(?:\?.*)?$/

/**
 * Serves live playlists on bare node:http: every listener of a live set asks once a second, and Next takes several times
 * as long for it. Next's route of the same name is the portable form.
 */
export function createServePlaylists({ playlist, log }: PlaylistsDeps): ServePlaylists {
  return async (request, response) => {
    const [, id] = pathPattern.exec(request.url ?? '') ?? []
    if (id === undefined || request.method !== 'GET') return false
    request.resume()
    try {
      const text = await playlist(parseInput(liveParamsSchema, { id }).id, headersOf(request))
      answerOnNode(response, 200, playlistHeaders, text)
    } catch (thrown) {
      await answerRefusalOnNode(response, refuseAt(request.url ?? '', thrown, log))
    }
    return true
  }
}
