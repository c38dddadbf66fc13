import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findBinaries } from './binaries.ts'
import { chooseLauncher, type Launcher } from './unprivileged.ts'

/** A database cluster on disk, not necessarily running. */
export type Cluster = { folder: string; password: string; postgres: string; launcher: Launcher }

/**
 * Opens the cluster in `<dataDir>/postgres`, made by initdb when it is not there yet. A first start that was
 * cut off leaves nothing that a later one would take for a cluster.
 */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const folder = path.join(dataDir, 'postgres')
  const passwordFile = path.join(dataDir, 'postgres-password')
  const [binaries, launcher] = await Promise.all([findBinaries(), chooseLauncher(folder)])
  if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(unfinished, { mode: 0o700 })
    await writeFile(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 })
    await launcher.giveOver(unfinished)
    await launcher.giveOver(passwordFile)
    await initdb(binaries.initdb, unfinished, passwordFile, launcher)
    await rename(unfinished, folder)
  }
  const password = (await readFile(passwordFile, 'utf8')).trim()
  return { folder, password, postgres: binaries.postgres, launcher }
}

async function initdb(
  program: string,
  folder: string,
  passwordFile: string,
  launcher: Launcher,
): Promise<void> {
  const options = [
    `--pgdata=${folder}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ]
  const [command = program, ...words] = [...launcher.prefix, program, ...options]
  const child = spawn(command, words, {
    uid: launcher.uid,
    gid: launcher.gid,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`PostgreSQL's initdb failed: ${complaint.trim()}`)
}
