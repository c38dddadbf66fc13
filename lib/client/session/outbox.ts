import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import type { Acknowledgement, Command } from '#lib/protocol/commands.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { CommandResult } from './commands.ts'
import { isLate, type OutboxEntry, type OutboxStore } from './outbox-store.ts'

/** The part of `Storage` that is mostly needed. */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export type OutboxDeps = {
  send: (command: Command) => Promise<Acknowledgement>
  store: OutboxStore
  now: () => number
  random: () => number
  onSettled: (command: Command, result: CommandResult) => void
}

export type Outbox = {
  /** What an earlier visit, or another tab, left unsent; they are on their way again. */
  restored: readonly OutboxEntry[]
  /** Messages that are too late to be sent unless their author says so. */
  late: readonly OutboxEntry[]
  push: (command: Command) => Promise<CommandResult>
  /** Keeps a late message no longer. */
  forget: (commandId: string) => void
  destroy: () => void
}

/**
 * Sends commands one after the other, again after every failure to reach the server, and keeps them for the next visit. The
 * command's id makes the repeat harmless, also by another tab.
 */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { inTime: entries, late } = deps.store.read()
  const restored = [...entries]
  const resolvers = new Map<string, (result: CommandResult) => void>()
  let destroyed = false
  let running = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const run = async (): Promise<void> => {
    if (running) return
    running = true
    for (let entry = entries[0]; entry && !destroyed; entry = entries[0]) {
      const result = await deliver(entry)
      if (destroyed) return
      entries.shift()
      // A message that found nobody is kept: its author may want to send it on their next visit.
      const isKept = !result.ok && result.code === 'unavailable' && entry.command.kind === 'chat.send'
      if (!isKept) deps.store.forget(entry.command.commandId)
      resolvers.get(entry.command.commandId)?.(result)
      resolvers.delete(entry.command.commandId)
      deps.onSettled(entry.command, result)
    }
    running = false
  }

  const deliver = async ({ command, at }: OutboxEntry): Promise<CommandResult> => {
    for (let attempt = 0; ; attempt++) {
      const result = await sendOnce(deps.send, command)
      if (result.ok || result.code !== 'unavailable' || destroyed) return result
      if (isLate(at, deps.now())) return result
      await new Promise((resolve) => {
        timer = setTimeout(resolve, nextRetryDelayInMs(attempt, deps.random))
      })
    }
  }

  if (entries.length > 0) void run()
  return {
    restored,
    late,
    push: (command) => {
      const entry = { command, at: deps.now() }
      entries.push(entry)
      deps.store.keep(entry)
      const settled = new Promise<CommandResult>((resolve) => {
        resolvers.set(command.commandId, resolve)
      })
      void run()
      return settled
    },
    forget: deps.store.forget,
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
