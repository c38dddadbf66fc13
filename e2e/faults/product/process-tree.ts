import { readdirSync, readFileSync } from 'node:fs'

/** The processes that a process started and that still run, by proc(5). */
export function childrenOf(pid: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((candidate) => parentOf(candidate) === pid)
}

/** The command line of a process; empty when it has ended. */
export function commandOf(pid: number): string {
  return readProc(pid, 'cmdline').replaceAll('\0', ' ').trim()
}

function parentOf(pid: number): number | null {
  const stat = readProc(pid, 'stat')
  // The name before it may hold spaces and brackets.
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === undefined || state === 'Z' ? null : Number(parent)
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
