import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How to start a program that refuses to run as root. */
export type Launcher = {
  /** Words to put before the program's own. */
  prefix: string[]
  uid?: number
  gid?: number
  /** Hands a file or folder over to the user that the program will run as. */
  giveOver: (file: string) => Promise<void>
}

/**
 * PostgreSQL refuses to run as root. As another user nothing is needed. As root, a user namespace
 * makes root look like another user: no account is created and the files stay root's, so it also works
 * below folders that only root may enter. Where namespaces are forbidden, an existing account takes over; a
 * cluster that belongs to such an account stays with it.
 *
 * @param folder the cluster, which may not exist yet
 */
export async function chooseLauncher(folder: string): Promise<Launcher> {
  const keep = async () => {}
  if (process.getuid?.() !== 0) return { prefix: [], giveOver: keep }
  const owner = existsSync(folder) ? await stat(folder) : null
  if (owner && owner.uid !== 0) return { prefix: [], uid: owner.uid, gid: owner.gid, giveOver: keep }
  const { uid, gid } = await someOtherAccount()
  const prefix = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--']
  const namespacesWork = await run('unshare', [...prefix.slice(1), 'true']).then(
    () => true,
    () => false,
  )
  if (namespacesWork) return { prefix, giveOver: keep }
  return { prefix: [], uid, gid, giveOver: (file) => chown(file, uid, gid) }
}

/** PostgreSQL looks its user up by name, so the account must exist; which one it is does not matter. */
async function someOtherAccount(): Promise<{ uid: number; gid: number }> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const [, , uid, gid] =
    accounts.find(([name]) => name === 'postgres') ?? accounts.find(([, , id]) => Number(id) > 0) ?? []
  if (!uid || !gid) throw new Error('PostgreSQL cannot run as root and this machine has no other account.')
  return { uid: Number(uid), gid: Number(gid) }
}
