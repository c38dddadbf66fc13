/**
 * Starts the product as `npm start` does, with test payments, in a data folder of its own that is gone afterwards, and an
 * OpenID provider that stands in for Google. The journeys' web server.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startOpenIdServer } from '../../supabase/local/testing/openid-server.ts'
import { productPorts } from './product-address.ts'

const data = mkdtempSync(join(tmpdir(), 'whatssound-e2e-'))
const provider = await startOpenIdServer({
  callback: `http://127.0.0.1:${productPorts.SUPABASE_LOCAL_PORT}/auth/v1/callback`,
})
const product = spawn(process.execPath, ['lib/server/entry/start.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...productPorts,
    PAYMENTS: 'test',
    WHATSSOUND_DATA: data,
    SUPABASE_AUTH_EXTERNAL_GOOGLE_CLIENT_ID: provider.clientId,
    SUPABASE_AUTH_EXTERNAL_GOOGLE_SECRET: provider.clientSecret,
    SUPABASE_AUTH_EXTERNAL_GOOGLE_URL: provider.issuer,
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => product.kill(signal))
product.on('exit', (code) => {
  rmSync(data, { recursive: true, force: true })
  process.exitCode = code ?? 1
  void provider.stop()
})
