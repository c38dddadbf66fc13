import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What an earlier run wrote, or what there is at first where there is no file. @throws SyntaxError where the file is no JSON */
export function loadState<State extends object>(file: string | undefined, empty: State): State {
  if (!file || !existsSync(file)) return empty
  return { ...empty, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<State>) }
}

/** Writes the whole state beside the file and renames it, so that a crash leaves the old one or the new one. */
export function saveState(state: object, file: string | undefined): void {
  if (!file) return
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(state))
  renameSync(`${file}.new`, file)
}
