import { describe, expect, it } from 'vitest'
import { checkHistory } from './check-history.ts'
import type { GivenCommand, History, LogEntry } from './history.ts'
import { keptHistory, sight, withAna } from './testing.ts'

const kindsIn = (history: History) => [...new Set(checkHistory(history).map(({ kind }) => kind))]
const withLog = (change: (log: LogEntry[]) => LogEntry[]): History => {
  const history = keptHistory()
  return { ...history, server: { ...history.server, log: change([...history.server.log]) } }
}
const withCommands = (...more: GivenCommand[]): History => {
  const history = keptHistory()
  return { ...history, commands: [...history.commands, ...more] }
}
const anaSaw = (...sights: Parameters<typeof sight>[0][]) =>
  withAna(keptHistory(), { sights: sights.map(sight) })

const seek = (seq: number): GivenCommand => ({
  commandId: 'c7',
  userId: 'ana',
  kind: 'playback.seek',
  answeredAtInMs: 3_000,
  result: { ok: true, seq },
})

describe('the checker of histories', () => {
  it('finds nothing where every promise was kept', () => {
    expect(checkHistory(keptHistory())).toEqual([])
  })

  describe('finds what was lost', () => {
    it('an acknowledged message that is not in the log', () => {
      const history = withLog((log) =>
        log.map((entry) => (entry.seq === 4 ? { ...entry, commandId: null } : entry)),
      )
      expect(kindsIn(history)).toContain('lost')
    })
    it('a message that is in the log under somebody else', () => {
      const history = withLog((log) =>
        log.map((entry) => (entry.seq === 4 ? { ...entry, by: 'bruno' } : entry)),
      )
      expect(kindsIn(history)).toContain('lost')
    })
    it('a command whose acknowledgement names the event of another one', () => {
      expect(kindsIn(withCommands(seek(2)))).toEqual(['lost'])
    })
    it('or an event that is not there', () => {
      expect(kindsIn(withCommands(seek(5)))).toEqual(['lost'])
    })
    it('but not a seek that found out that the next song had begun by itself', () => {
      expect(checkHistory(withCommands(seek(1)))).toEqual([])
    })
    it('a message that a client never showed', () => {
      expect(kindsIn(anaSaw({ seq: 2 }, { seq: 4, newMessageIds: ['c3'] }))).toContain('lost')
    })
    it('an acknowledged vote without a row', () => {
      const history = keptHistory()
      expect(kindsIn({ ...history, server: { ...history.server, votes: [], tallies: {} } })).toEqual(['lost'])
    })
    it('a vote taken back that is still there', () => {
      const takenBack: GivenCommand = {
        commandId: 'c6',
        userId: 'bruno',
        kind: 'queue.vote',
        vote: { itemId: 'i1', voted: false },
        answeredAtInMs: 2_000,
        result: { ok: true, seq: null },
      }
      expect(kindsIn(withCommands(takenBack))).toEqual(['lost'])
    })
    it('but not a vote whose end nobody knows', () => {
      const unknown: GivenCommand = {
        commandId: 'c6',
        userId: 'bruno',
        kind: 'queue.vote',
        vote: { itemId: 'i1', voted: false },
        answeredAtInMs: 2_000,
        result: { ok: false, code: 'unavailable' },
      }
      expect(checkHistory(withCommands(unknown))).toEqual([])
    })
    it('a vote that the told counts leave out', () => {
      const history = keptHistory()
      expect(kindsIn({ ...history, server: { ...history.server, tallies: { i1: 0 } } })).toEqual(['lost'])
    })
  })

  describe('finds what was doubled', () => {
    it('a command with two events', () => {
      const again: LogEntry = { seq: 5, kind: 'chat.sent', commandId: 'c1', by: 'ana', subjectId: 'other' }
      expect(kindsIn(withLog((log) => [...log, again]))).toContain('doubled')
    })
    it('two votes of one person for one item', () => {
      const history = keptHistory()
      const votes = [...history.server.votes, { itemId: 'i1', userId: 'bruno' }]
      expect(kindsIn({ ...history, server: { ...history.server, votes } })).toContain('doubled')
    })
    it('a vote that is counted twice', () => {
      const history = keptHistory()
      expect(kindsIn({ ...history, server: { ...history.server, tallies: { i1: 2 } } })).toEqual(['doubled'])
    })
    it('a message that stood on a screen twice', () => {
      expect(kindsIn(withAna(keptHistory(), { repeatedMessageIds: ['c1'] }))).toEqual(['doubled'])
    })
    it('a message that came a second time', () => {
      const history = anaSaw({ seq: 2, newMessageIds: ['c1'] }, { seq: 4, newMessageIds: ['c3', 'c1'] })
      expect(kindsIn(history)).toContain('doubled')
    })
    it('more reactions than were sent', () => {
      expect(kindsIn(withAna(keptHistory(), { reactionsSeen: 2 }))).toEqual(['doubled'])
    })
  })

  describe('finds what was out of order', () => {
    it('a hole in the log', () => {
      expect(kindsIn(withLog((log) => log.filter(({ seq }) => seq !== 1)))).toContain('disordered')
    })
    it.each(['playback', 'tallies', 'dj'] as const)('a rev of %s that fell', (part) => {
      const before = { playback: 3, tallies: 3, dj: 3 }
      const history = anaSaw(
        { seq: 2, revs: before, newMessageIds: ['c1'] },
        { seq: 4, revs: { ...before, [part]: 2 }, newMessageIds: ['c3'] },
      )
      expect(kindsIn(history)).toEqual(['disordered'])
    })
    it('a cursor that fell', () => {
      expect(kindsIn(anaSaw({ seq: 4, newMessageIds: ['c1', 'c3'] }, { seq: 3 }))).toEqual(['disordered'])
    })
    it("somebody else's message before its place", () => {
      const history = keptHistory()
      const [ana, bruno] = history.clients
      if (!ana || !bruno) throw new Error('Somebody is missing.')
      const sights = [sight({ seq: 2, newMessageIds: ['c1', 'c3'] }), sight({ seq: 4 })]
      expect(kindsIn({ ...history, clients: [ana, { ...bruno, sights }] })).toEqual(['disordered'])
    })
    it('messages in another order than the log has', () => {
      const history = keptHistory()
      const [ana, bruno] = history.clients
      if (!ana || !bruno) throw new Error('Somebody is missing.')
      const sights = [sight({ seq: 4, newMessageIds: ['c3', 'c1'] })]
      expect(kindsIn({ ...history, clients: [ana, { ...bruno, sights }] })).toEqual(['disordered'])
    })
  })

  describe('finds who ended up elsewhere', () => {
    it('in another state, and names what differs', () => {
      const [violation] = checkHistory(withAna(keptHistory(), { final: { seq: 4, messages: ['c1'] } }))
      expect(violation).toMatchObject({
        kind: 'diverged',
        what: expect.stringContaining('room.messages.1 is absent'),
      })
    })
    it('outside, though nobody was sent away', () => {
      expect(kindsIn(withAna(keptHistory(), { refusal: 'not_signed_in' }))).toEqual(['diverged'])
    })
    it('nowhere within the bound', () => {
      expect(kindsIn(withAna(keptHistory(), { hasConverged: false }))).toEqual(['diverged'])
    })
  })
})
