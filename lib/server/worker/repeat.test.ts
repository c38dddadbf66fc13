import { pino } from 'pino'
import { expect, it } from 'vitest'
import { repeat } from './repeat.ts'

it('goes on after failures, and says so once at their beginning and once at their end', async () => {
  const ending = new AbortController()
  const messages: string[] = []
  const log = pino({ base: null }, { write: (line: string) => void messages.push(JSON.parse(line).msg) })
  let turn = 0
  await repeat({ name: 'task', intervalInMs: 1, log, signal: ending.signal }, async () => {
    turn++
    if (turn === 7) ending.abort()
    if (turn >= 2 && turn <= 4) throw new Error('not now')
  })
  expect(turn).toBe(7)
  expect(messages).toEqual(['fails', 'works again'])
})
