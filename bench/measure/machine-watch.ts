import { availableParallelism } from 'node:os'
import { cpuInMs, machineBusyInMs, machineStolenInMs, processTree } from './processes.ts'

/** How busy the machine was, in parts of all its cores (0 to 1). */
export type MachineLoad = {
  /** With everything that ran on it. */
  busyShare: number
  /** Used by nobody whom we started: what disturbed the measurement. */
  othersShare: number
  /** Of that, what a hypervisor gave to other machines: sound comes late, whatever the load average says. */
  stolenShare: number
}

const lookEveryInMs = 1_000

/** Watches the machine until it is asked. */
export function watchMachine(): () => MachineLoad {
  const startedAt = performance.now()
  const busyBeforeInMs = machineBusyInMs()
  const stolenBeforeInMs = machineStolenInMs()
  let ownInMs = 0
  let before = ownTimes()
  // Processes come and go: each is counted while it is there.
  const look = () => {
    const now = ownTimes()
    for (const [pid, inMs] of now) ownInMs += Math.max(0, inMs - (before.get(pid) ?? 0))
    before = now
  }
  const timer = setInterval(look, lookEveryInMs)
  return () => {
    clearInterval(timer)
    look()
    const allInMs = (performance.now() - startedAt) * availableParallelism()
    const busyInMs = machineBusyInMs() - busyBeforeInMs
    return {
      busyShare: busyInMs / allInMs,
      othersShare: Math.max(0, busyInMs - ownInMs) / allInMs,
      stolenShare: (machineStolenInMs() - stolenBeforeInMs) / allInMs,
    }
  }
}

function ownTimes(): Map<number, number> {
  return new Map(processTree(process.pid).map((pid) => [pid, cpuInMs([pid])]))
}
