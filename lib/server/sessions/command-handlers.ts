import {
  type Acknowledgement,
  acknowledgementSchema,
  type Command,
  type CommandKind,
} from '#lib/protocol/commands.ts'
import { envelopeSchema } from '#lib/protocol/envelope.ts'
import { callFunction, type FunctionArgs, type FunctionName } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'
import { feedTheHub } from '../realtime/the-hub.ts'

type CommandOf<K extends CommandKind> = Extract<Command, { kind: K }>

/** Carries out commands of the kinds `K`, each by one SQL function. @throws CodedError */
export type CommandHandlers<K extends CommandKind> = {
  [Kind in K]: (
    db: Rpc,
    sessionId: string,
    command: CommandOf<Kind>,
    userId: string,
  ) => Promise<Acknowledgement>
}

/** What every command answers; the envelope is what it told the room, absent where it told nothing or is a repeat. */
const answerSchema = acknowledgementSchema.extend({
  // The command has taken effect: nothing about the envelope may make it look refused.
  envelope: envelopeSchema.optional().catch(undefined),
})

/**
 * Calls a SQL function that carries out a command. What it told the room goes to this process's readers at once; those
 * elsewhere hear it by Realtime. The person gets the acknowledgement alone.
 */
export async function callCommand<N extends FunctionName>(
  db: Rpc,
  name: N,
  args: FunctionArgs<N>,
): Promise<Acknowledgement> {
  const { envelope, ...acknowledgement } = await callFunction(db, name, args, answerSchema)
  if (envelope) feedTheHub(envelope)
  return acknowledgement
}
