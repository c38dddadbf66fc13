import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { State } from './state.ts'

const emptyState = (): State => ({
  accounts: {},
  accountLinks: {},
  loginLinks: {},
  sessions: {},
  orders: {},
  paymentIntents: {},
  charges: {},
  transfers: {},
  balanceTransactions: {},
  refunds: {},
  disputes: {},
  events: {},
  keptAnswers: {},
})

/** What an earlier run wrote; nothing where there is no file. @throws SyntaxError where the file is no JSON */
export function loadState(file: string | undefined): State {
  if (!file || !existsSync(file)) return emptyState()
  return { ...emptyState(), ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<State>) }
}

/** Writes the whole state beside the file and renames it, so that a crash leaves the old one or the new one. */
export function saveState(state: State, file: string | undefined): void {
  if (!file) return
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(state))
  renameSync(`${file}.new`, file)
}
