import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { findFreePort } from '../../supabase/local/ports.ts'
import { tidyUpWith } from '../tidy-up.ts'

const next = path.join('node_modules', 'next', 'dist', 'bin', 'next')
const folder = path.join(import.meta.dirname, 'bare')

/** Builds and serves one page with one button, by the same Next.js: the least that any page of it can cost. */
export async function startBarePage(): Promise<{ url: string; stop: () => Promise<void> }> {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const
  const build = spawn(process.execPath, [next, 'build', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  })
  const [code] = await once(build, 'exit')
  if (code !== 0) throw new Error('The bare page could not be built.')
  const port = await findFreePort()
  const args = [next, 'start', folder, '--port', String(port), '--hostname', '127.0.0.1']
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const stop = tidyUpWith(async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGTERM')
    await once(server, 'exit')
  })
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Ready') && resolve())
    server.once('exit', () => reject(new Error('The bare page could not be served.')))
  })
  return { url: `http://127.0.0.1:${port}/`, stop }
}
