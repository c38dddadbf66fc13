import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { usualPatienceInMs } from '../ports.ts'
import { StartRefused } from '../refusals.ts'
import type { Cluster } from './cluster.ts'
import { isRunning, markOf, ownerOf, type ProcessMark, readLock, removeLock, writeLock } from './lock.ts'

export type Server = {
  /** Resolves when PostgreSQL has ended, wanted or not. */
  exited: Promise<void>
  stop: () => Promise<void>
}

/**
 * Starts PostgreSQL on 127.0.0.1 and resolves once it takes connections. `durable: false` trades
 * safety against a crash of the machine for speed; only tests want that.
 */
export async function startServer(
  cluster: Cluster,
  options: { dataDir: string; port: number; durable: boolean },
): Promise<Server> {
  const { dataDir, port } = options
  const logFile = path.join(dataDir, 'postgres.log')
  const log = openSync(logFile, 'w', 0o600)
  const { prefix, uid, gid } = cluster.launcher
  const [command = cluster.postgres, ...words] = [
    ...prefix,
    cluster.postgres,
    '-D',
    cluster.folder,
    ...settings(port, options.durable).flatMap((setting) => ['-c', setting]),
  ]
  // The log is a file and not a pipe: PostgreSQL must survive long enough without us to shut down in order.
  const child = spawn(command, words, {
    uid,
    gid,
    // Ctrl-C in a terminal reaches every process of its group; the order of the end is ours to decide.
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  await once(child, 'spawn')
  const exited = once(child, 'exit').then(() => {})
  const owner = markOf(process.pid)
  if (owner && child.pid) writeLock(dataDir, { owner, postgres: markOf(child.pid) })

  let ended = false
  exited.then(() => {
    ended = true
  })
  while (!isReady(cluster.folder)) {
    if (ended) {
      removeLock(dataDir)
      throw new Error(`PostgreSQL did not start: ${lastLines(logFile)}`)
    }
    await delay(15)
  }
  return {
    exited,
    stop: async () => {
      if (!ended) child.kill('SIGINT')
      await exited
      removeLock(dataDir)
    },
  }
}

/**
 * Makes a data folder free to use. A PostgreSQL that outlived its owner is shut down, and its lock file is
 * removed where it died as well; a folder that a living owner uses is left alone with an error.
 */
export async function releaseFolder(dataDir: string, patienceInMs = usualPatienceInMs): Promise<void> {
  const deadline = performance.now() + patienceInMs
  for (let owner = ownerOf(dataDir); owner; owner = ownerOf(dataDir)) {
    if (performance.now() > deadline) {
      throw new StartRefused(`The data folder ${dataDir} is in use by process ${owner.pid}. Stop that first.`)
    }
    await delay(50)
  }
  const left = readLock(dataDir)?.postgres
  if (left) await shutDown(left)
  rmSync(path.join(dataDir, 'postgres', 'postmaster.pid'), { force: true })
  removeLock(dataDir)
}

async function shutDown(postgres: ProcessMark): Promise<void> {
  // Fast, then immediate shutdown: both keep every committed transaction.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (isRunning(postgres)) process.kill(postgres.pid, signal)
    const deadline = performance.now() + 10_000
    while (isRunning(postgres) && performance.now() < deadline) await delay(20)
  }
  if (isRunning(postgres)) throw new Error(`An earlier PostgreSQL (process ${postgres.pid}) does not stop.`)
}

function settings(port: number, durable: boolean): string[] {
  const safeToLose = ['fsync=off', 'full_page_writes=off']
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    // Functions of extensions are found without their schema, as in a hosted project.
    'search_path="$user", public, extensions',
    'timezone=UTC',
    'log_timezone=UTC',
    'wal_level=logical',
    'max_connections=150',
    'jit=off',
    ...(durable ? [] : safeToLose),
  ]
}

/** PostgreSQL writes its state into line 8 of postmaster.pid (src/include/utils/pidfile.h). */
function isReady(folder: string): boolean {
  const file = path.join(folder, 'postmaster.pid')
  return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready'
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n')
}
