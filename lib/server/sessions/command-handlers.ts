import {
  type Acknowledgement,
  acknowledgementSchema,
  type Command,
  type CommandKind,
} from '#lib/protocol/commands.ts'
import { callFunction, type FunctionArgs, type FunctionName } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

type CommandOf<K extends CommandKind> = Extract<Command, { kind: K }>

/** Carries out commands of the kinds `K`, each by one SQL function. @throws CodedError */
export type CommandHandlers<K extends CommandKind> = {
  [Kind in K]: (db: Db, sessionId: string, command: CommandOf<Kind>) => Promise<Acknowledgement>
}

/** Calls a SQL function that carries out a command: all of them answer with the acknowledgement. */
export function callCommand<N extends FunctionName>(
  db: Db,
  name: N,
  args: FunctionArgs<N>,
): Promise<Acknowledgement> {
  return callFunction(db, name, args, acknowledgementSchema)
}
