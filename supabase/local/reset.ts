import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { releaseFolder } from './postgres/server.ts'
import { StartRefused } from './refusals.ts'

/** `npm run reset`: deletes the data folder, after making sure that nothing runs on it. */
if (existsSync('.env')) process.loadEnvFile('.env')
const dataDir = path.resolve(process.env.WHATSSOUND_DATA || '.data')

try {
  if (!existsSync(dataDir)) {
    console.log(`Nothing to delete: ${dataDir} does not exist.`)
  } else if (!existsSync(path.join(dataDir, 'postgres-password'))) {
    // A mistyped WHATSSOUND_DATA must not cost somebody a folder.
    throw new StartRefused(`${dataDir} does not look like a data folder of WhatsSound. Nothing was deleted.`)
  } else {
    await releaseFolder(dataDir)
    await rm(dataDir, { recursive: true })
    console.log(`Deleted ${dataDir}. The next start begins anew.`)
  }
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  console.error(error.message)
  process.exitCode = 1
}
