import { mayHaveHappened } from './check-commands.ts'
import type { Violation, ViolationKind } from './check-history.ts'
import { differences } from './differences.ts'
import type { ClientHistory, History, Sight } from './history.ts'

/** A snapshot brings this many messages: what is further back is not shown to who comes by one. */
const snapshotMessages = 50

/** What one client saw: in the order of the log, without a gap, nothing twice, and in the end what the server has. */
export function checkClient(client: ClientHistory, { commands, server }: History): Violation[] {
  const violations: Violation[] = []
  const say = (kind: ViolationKind, what: string) =>
    violations.push({ kind, what: `${client.userId} (${client.way}): ${what}` })

  const messages = server.log.filter(({ kind }) => kind === 'chat.sent')
  const seqOf = new Map(messages.map(({ subjectId, seq }) => [subjectId, seq]))
  const own = new Set(messages.filter(({ by }) => by === client.userId).map(({ subjectId }) => subjectId))
  const shown = new Set<string>()
  let before: Sight | undefined

  for (const sight of client.sights) {
    if (before) for (const what of fallen(before, sight)) say('disordered', what)
    const from = before?.seq ?? 0
    for (const id of sight.newMessageIds) {
      if (shown.has(id)) say('doubled', `message ${id} came again`)
      shown.add(id)
      const seq = seqOf.get(id)
      if (seq === undefined) say('disordered', `message ${id} is in no log`)
      else if (!own.has(id) && (seq <= from || seq > sight.seq)) {
        say('disordered', `message ${seq} came between ${from} and ${sight.seq}`)
      }
    }
    if (!isInOrder(sight.newMessageIds.filter((id) => !own.has(id)).map((id) => seqOf.get(id) ?? 0))) {
      say('disordered', `the messages up to ${sight.seq} came in another order`)
    }
    const due = messages.filter(({ seq }) => seq > from && seq <= sight.seq)
    const isFromSnapshot = sight.snapshots > (before?.snapshots ?? 0)
    for (const { subjectId, seq } of isFromSnapshot ? due.slice(-snapshotMessages) : due) {
      if (!shown.has(subjectId ?? ''))
        say('lost', `message ${seq} was passed over on the way to ${sight.seq}`)
    }
    before = sight
  }

  for (const id of client.repeatedMessageIds) say('doubled', `message ${id} stood there twice`)
  const reactions = commands.filter((command) => command.kind === 'react' && mayHaveHappened(command)).length
  if (client.reactionsSeen > reactions)
    say('doubled', `${client.reactionsSeen} reactions of ${reactions} were shown`)
  if (client.refusal) say('diverged', `was refused: ${client.refusal}`)
  else if (!client.hasConverged)
    say('diverged', `did not reach the server's state; it is at ${before?.seq ?? 'nothing'}`)
  else for (const what of differences(client.final, client.expected).slice(0, 1)) say('diverged', what)
  return violations
}

function fallen(before: Sight, now: Sight): string[] {
  const falls = (['playback', 'tallies', 'dj'] as const)
    .filter((part) => now.revs[part] < before.revs[part])
    .map((part) => `the rev of ${part} fell from ${before.revs[part]} to ${now.revs[part]}`)
  return now.seq < before.seq ? [...falls, `seq fell from ${before.seq} to ${now.seq}`] : falls
}

function isInOrder(seqs: readonly number[]): boolean {
  return seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? 0))
}
