import { type Acknowledgement, type Command, commandSchema } from '#lib/protocol/commands.ts'
import type { VerifyToken } from '../db/verify-token.ts'
import { createServePost, type ServePost } from '../http/create-serve-post.ts'
import type { Log } from '../log.ts'

export type CommandsDeps = {
  verify: VerifyToken
  run: (accessToken: string, userId: string, sessionId: string, command: Command) => Promise<Acknowledgement>
  log: Log
}

/** Serves commands past Next: a lively room asks nothing as often. */
export function createServeCommands({ verify, run, log }: CommandsDeps): ServePost {
  return createServePost({
    name: 'commands',
    body: commandSchema,
    verify,
    run: ({ accessToken, userId }, sessionId, command) => run(accessToken, userId, sessionId, command),
    log,
  })
}
