import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The project's folder, to which paths in config.toml are relative. */
export const projectDir = path.join(import.meta.dirname, '..', '..')
const config = readFileSync(path.join(projectDir, 'supabase', 'config.toml'), 'utf8')

/** The value of a key in a section of `supabase/config.toml`, as it is written there. */
export function configured(section: string, key: string): string | undefined {
  const [, body = ''] = config.split(`[${section}]\n`)
  return new RegExp(`^${key} = (.*)$`, 'm').exec(body.split(/^\[/m)[0] ?? '')?.[1]
}
