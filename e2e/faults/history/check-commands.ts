import type { Violation } from './check-history.ts'
import type { GivenCommand, History } from './history.ts'

/** The event that a command of a kind must have left, once it was acknowledged. */
const eventOf: Record<string, string> = { 'chat.send': 'chat.sent', 'queue.add': 'queue.added' }

/** What was acknowledged is in the log, as its giver's, no later than where the acknowledgement says. */
export function checkCommands({ commands, server }: History): Violation[] {
  const bySeq = new Map(server.log.map((entry) => [entry.seq, entry]))
  const events = new Map(server.log.map((entry) => [`${entry.commandId} ${entry.kind}`, entry]))
  return commands.flatMap((command): Violation[] => {
    const { commandId, kind, result } = command
    if (!result.ok) return []
    const lost = (what: string): Violation[] => [{ kind: 'lost', what: `${kind} ${commandId}: ${what}` }]
    if (result.seq !== null) {
      const told = bySeq.get(result.seq)
      // Nobody's is what the log finds out in a command's transaction: before a seek, that the next song has begun.
      if (!told || (told.commandId ?? commandId) !== commandId)
        return lost(`event ${result.seq} is not its own`)
    }
    const expected = eventOf[kind]
    if (!expected) return []
    const event = events.get(`${commandId} ${expected}`)
    if (!event) return lost('acknowledged and not in the log')
    return event.by === command.userId ? [] : lost(`is said to be by ${event.by}`)
  })
}

/** Whether a command may have taken effect: the answer said so, or none came. */
export function mayHaveHappened({ result }: GivenCommand): boolean {
  return result.ok || result.code === 'unavailable' || result.code === 'internal'
}
