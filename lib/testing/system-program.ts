import { execFileSync, spawnSync } from 'node:child_process'

/** Where a program is on the PATH; null where it is not. */
export function findOnPath(name: string): string | null {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : null
}

/** Installs Debian's packages; false where this user may not, or this is no Debian. */
export function installFromDebian(...packages: string[]): boolean {
  if (process.getuid?.() !== 0 || !findOnPath('apt-get')) return false
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  execFileSync('apt-get', ['update', '-qq'], options)
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  return true
}

/** Finds ffmpeg, or installs Debian's package where this user may. Throws with what to do where neither works. */
export function findOrInstallFfmpeg(): string {
  const find = () => process.env.FFMPEG_PATH ?? findOnPath('ffmpeg')
  const found = find() ?? (installFromDebian('ffmpeg') ? find() : null)
  if (found) return found
  throw new Error('No ffmpeg found. Install one (Debian: apt-get install ffmpeg) or set FFMPEG_PATH.')
}
