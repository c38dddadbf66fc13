import type { Violation } from './check-history.ts'
import type { LogEntry } from './history.ts'

/** The log counts from 1 without a gap, and no command did the same twice. */
export function checkLog(log: readonly LogEntry[]): Violation[] {
  const violations: Violation[] = []
  const done = new Set<string>()
  for (const [index, { seq, kind, commandId, subjectId }] of log.entries()) {
    if (seq !== index + 1)
      violations.push({ kind: 'disordered', what: `the log has ${seq} in place ${index + 1}` })
    if (commandId === null) continue
    // One command may write several events, of different kinds or about different things.
    const deed = `${commandId} ${kind} ${oncePerCommand.has(kind) ? '' : subjectId}`
    if (done.has(deed))
      violations.push({ kind: 'doubled', what: `command ${commandId} has two events ${kind}` })
    done.add(deed)
  }
  return violations
}

/** Events of which a command writes one, whatever they are about. */
const oncePerCommand = new Set(['chat.sent', 'queue.added'])
