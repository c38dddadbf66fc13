import { z } from 'zod'
import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import { type Acknowledgement, type Command, commandSchema } from '#lib/protocol/commands.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { CommandResult } from './commands.ts'

/** The part of `Storage` that is needed; `sessionStorage` keeps a tab's own commands over a reload. */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export type OutboxDeps = {
  send: (command: Command) => Promise<Acknowledgement>
  store: KeyValueStore | null
  storeKey: string
  now: () => number
  random: () => number
  onSettled: (command: Command, result: CommandResult) => void
}

export type Outbox = {
  /** What a reload left unsent; they are on their way again. */
  restored: readonly Command[]
  /** What a reload left unsent for so long that it is given up. */
  givenUp: readonly Command[]
  push: (command: Command) => Promise<CommandResult>
  destroy: () => void
}

/** What the keys of all outboxes begin with. */
export const outboxKeyPrefix = 'whatssound:outbox:'

const entrySchema = z.object({ command: commandSchema, at: z.number() })
type Entry = z.infer<typeof entrySchema>

/** After this long without an answer a person is told that it failed, and may try again. */
const givesUpAfterInMs = 60_000

/**
 * Sends commands one after the other, again after every failure to reach the server, and keeps them over a reload. The
 * command's id makes the repeat harmless.
 */
export function createOutbox(deps: OutboxDeps): Outbox {
  const kept = readEntries(deps.store, deps.storeKey)
  const entries = kept.filter((entry) => !isGivenUp(entry, deps.now()))
  const givenUp = kept.filter((entry) => !entries.includes(entry)).map(({ command }) => command)
  const resolvers = new Map<string, (result: CommandResult) => void>()
  let destroyed = false
  let running = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const save = (): void => {
    if (entries.length === 0) deps.store?.removeItem(deps.storeKey)
    else deps.store?.setItem(deps.storeKey, JSON.stringify(entries))
  }

  const run = async (): Promise<void> => {
    if (running) return
    running = true
    for (let entry = entries[0]; entry && !destroyed; entry = entries[0]) {
      const result = await deliver(entry)
      if (destroyed) return
      entries.shift()
      save()
      resolvers.get(entry.command.commandId)?.(result)
      resolvers.delete(entry.command.commandId)
      deps.onSettled(entry.command, result)
    }
    running = false
  }

  const deliver = async (entry: Entry): Promise<CommandResult> => {
    for (let attempt = 0; ; attempt++) {
      const result = await sendOnce(deps.send, entry.command)
      if (result.ok || result.code !== 'unavailable' || destroyed) return result
      if (isGivenUp(entry, deps.now())) return result
      await new Promise((resolve) => {
        timer = setTimeout(resolve, nextRetryDelayInMs(attempt, deps.random))
      })
    }
  }

  if (givenUp.length > 0) save()
  if (entries.length > 0) void run()
  return {
    restored: entries.map(({ command }) => command),
    givenUp,
    push: (command) => {
      entries.push({ command, at: deps.now() })
      save()
      const settled = new Promise<CommandResult>((resolve) => {
        resolvers.set(command.commandId, resolve)
      })
      void run()
      return settled
    },
    destroy: () => {
      destroyed = true
      clearTimeout(timer)
      for (const resolve of resolvers.values()) resolve({ ok: false, code: 'unavailable' })
    },
  }
}

/** Sends a command and tells its end as a value. */
export async function sendOnce(
  send: (command: Command) => Promise<Acknowledgement>,
  command: Command,
): Promise<CommandResult> {
  try {
    return { ok: true, acknowledgement: await send(command) }
  } catch (thrown) {
    if (!(thrown instanceof CodedError)) return { ok: false, code: 'internal' }
    const { code, retryAfterInMs } = thrown
    return retryAfterInMs === undefined ? { ok: false, code } : { ok: false, code, retryAfterInMs }
  }
}

/** What an outbox keeps under a key and has not given up. */
export function readOutbox(store: KeyValueStore | null, storeKey: string, nowInMs: number): Entry[] {
  return readEntries(store, storeKey).filter((entry) => !isGivenUp(entry, nowInMs))
}

function isGivenUp({ at }: Entry, nowInMs: number): boolean {
  return nowInMs - at > givesUpAfterInMs
}

/** What cannot be read is nothing. */
function readEntries(store: KeyValueStore | null, storeKey: string): Entry[] {
  try {
    return z.array(entrySchema).parse(JSON.parse(store?.getItem(storeKey) ?? '[]'))
  } catch {
    return []
  }
}
