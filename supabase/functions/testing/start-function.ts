import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** Where npm put Deno. Its own command would leave it behind when it is ended. */
const { runInstall } = createRequire(import.meta.url)('deno/install_api.cjs') as { runInstall: () => string }

const functionsDir = path.join(import.meta.dirname, '..')
const projectDir = path.join(functionsDir, '../..')

export type RunningFunction = {
  url: string
  /** What it wrote, its log above all. */
  lines: string[]
  stop: () => Promise<void>
}

/**
 * Starts an Edge Function in Deno, from the packages that are installed: it may speak with this machine alone and read the
 * project's code, and nothing else.
 * @param cacheDir where Deno keeps what it compiled
 * @throws Error with what it wrote, where it ends instead
 */
export async function startFunction(
  name: string,
  { env, cacheDir }: { env: Record<string, string>; cacheDir: string },
): Promise<RunningFunction> {
  const child = spawn(
    runInstall(),
    [
      'run',
      ...['--quiet', '--no-prompt', '--no-remote', '--no-lock', '--node-modules-dir=manual'],
      `--config=${path.join(functionsDir, 'deno.json')}`,
      '--allow-env',
      '--allow-net=127.0.0.1',
      `--allow-read=${functionsDir},${path.join(projectDir, 'lib')}`,
      path.join(import.meta.dirname, 'serve.ts'),
      name,
    ],
    {
      cwd: projectDir,
      env: { ...env, NODE_ENV: 'production', DENO_DIR: cacheDir, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
    },
  )
  const ended = once(child, 'exit')
  const lines: string[] = []
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => lines.push(line))
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      const [, listensOn] = /^\{"port":(\d+)\}$/.exec(line) ?? []
      if (listensOn) resolve(Number(listensOn))
    })
    ended.then(([code]) => reject(new Error(`${name} ended with ${code}:\n${lines.join('\n')}`)), reject)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    stop: async () => {
      child.kill()
      await ended
    },
  }
}
