import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Providers } from '../auth/providers.ts'
import { type StackAddresses, startStack as startLocalStack } from '../stack.ts'

export type TestStack = StackAddresses & { stop: () => Promise<void> }

const conformanceMigrations = path.join(import.meta.dirname, 'migrations')

/**
 * Starts a whole stack in a temporary folder on free ports. It has the tables of `testing/migrations`, unless
 * another folder is given. `stop` ends it and deletes the folder.
 */
export async function startStack(
  options: { migrationsDir?: string; port?: number; providers?: Providers; captchaSecret?: string } = {},
): Promise<TestStack> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'whatssound-stack-'))
  const {
    failed: _failed,
    stop,
    ...addresses
  } = await startLocalStack({
    dataDir,
    port: options.port ?? 0,
    ...(options.providers && { providers: options.providers }),
    captchaSecret: options.captchaSecret,
    host: '127.0.0.1',
    migrationsDir: options.migrationsDir ?? conformanceMigrations,
    durable: false,
  })
  return {
    ...addresses,
    stop: async () => {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
