import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** Process ids are used again, so a process is known by its id together with the moment it started. */
const processMark = z.object({ pid: z.number().int().positive(), started: z.string() })
export type ProcessMark = z.infer<typeof processMark>

/** Who uses a data folder: the Node process, and its PostgreSQL, which may outlive it. */
const lockFile = z.object({ owner: processMark, postgres: processMark.nullable() })
export type Lock = z.infer<typeof lockFile>

export function markOf(pid: number): ProcessMark | null {
  const started = startOf(pid)
  return started === null ? null : { pid, started }
}

export function isRunning(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.started
}

/** The process that uses a data folder at this moment, or null. */
export function ownerOf(dataDir: string): ProcessMark | null {
  const lock = readLock(dataDir)
  return lock && isRunning(lock.owner) ? lock.owner : null
}

export function readLock(dataDir: string): Lock | null {
  const file = lockPath(dataDir)
  if (!existsSync(file)) return null
  try {
    return lockFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Cut off by a crash while it was written: nobody can be said to own the folder.
    return null
  }
}

export function writeLock(dataDir: string, lock: Lock): void {
  writeFileSync(lockPath(dataDir), JSON.stringify(lock), { mode: 0o600 })
}

export function removeLock(dataDir: string): void {
  rmSync(lockPath(dataDir), { force: true })
}

function lockPath(dataDir: string): string {
  return path.join(dataDir, 'lock.json')
}

/** When a process started, in whatever unit the system says it; null when it does not run. */
function startOf(pid: number): string | null {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`])
        .toString()
        .trim()
    // Field 22 of proc_pid_stat(5); the second field may hold spaces, so count from its closing bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}
