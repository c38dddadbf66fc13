import { readdirSync, readFileSync } from 'node:fs'

/** What proc(5) says about processes and the machine. Ticks are 10 ms (USER_HZ is 100 on every Linux we know). */
const tickInMs = 10
const pageInKb = 4

/** The fields of `/proc/<pid>/stat` behind the name, which may hold spaces; null when the process has ended. */
function readStat(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

/** CPU time used so far, user and system, of these processes together. */
export function cpuInMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const stat = readStat(pid)
    return sum + (Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0)) * tickInMs
  }, 0)
}

/** Resident memory of these processes together. Kernel memory, such as socket buffers, is not in it. */
export function residentInKb(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + Number(readStat(pid)?.[21] ?? 0) * pageInKb, 0)
}

/** A process and everything that it started. */
export function processTree(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? readStat(Number(name))?.[1] : undefined
    if (parent) parents.set(Number(name), Number(parent))
  }
  const tree = [pid]
  for (const member of tree) for (const [child, parent] of parents) if (parent === member) tree.push(child)
  return tree
}

/** CPU time that the whole machine was busy so far; what a hypervisor took from it counts as busy. */
export function machineBusyInMs(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user + nice + system + irq + softIrq + steal) * tickInMs
}

/** CPU time that a hypervisor gave to others while this machine wanted it. */
export function machineStolenInMs(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  return Number(line.split(/\s+/)[8] ?? 0) * tickInMs
}
