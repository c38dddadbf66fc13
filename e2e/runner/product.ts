/**
 * Starts the product as `npm start` does, in a data folder of its own that is gone afterwards. The journeys' web server.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { productPorts } from './product-address.ts'

const data = mkdtempSync(join(tmpdir(), 'whatssound-e2e-'))
const product = spawn(process.execPath, ['lib/server/entry/start.ts'], {
  stdio: 'inherit',
  env: { ...process.env, ...productPorts, WHATSSOUND_DATA: data },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => product.kill(signal))
product.on('exit', (code) => {
  rmSync(data, { recursive: true, force: true })
  process.exitCode = code ?? 1
})
