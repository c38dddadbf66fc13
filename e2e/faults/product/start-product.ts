import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

/** Where the product is, and what it takes to act on it from outside. */
export type Product = {
  appUrl: string
  supabaseUrl: string
  dbUrl: string
  publishableKey: string
  secretKey: string
  dataDir: string
  /** The process of `npm start`, which supervises all others. */
  pid: number
  /** The newest lines that it printed. */
  output: () => string
  stop: () => Promise<void>
}

const keysSchema = z.object({ publishableKey: z.string(), secretKey: z.string() })
const linesKept = 400
/** A first start builds the app. */
const startsWithinInMs = 5 * 60_000

/**
 * Starts the product as `npm start` does, on loopback alone, with two app processes, and a data folder of its own that is
 * gone afterwards. `firstPort` is the app's; Supabase and PostgreSQL have the next two.
 */
export async function startProduct(firstPort: number): Promise<Product> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'whatssound-faults-'))
  const child = spawn(process.execPath, ['lib/server/entry/start.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutSupabase(process.env),
      PORT: String(firstPort),
      HOST: '127.0.0.1',
      SUPABASE_LOCAL_PORT: String(firstPort + 1),
      SUPABASE_LOCAL_DB_PORT: String(firstPort + 2),
      SUPABASE_LOCAL_HOST: '127.0.0.1',
      WHATSSOUND_DATA: dataDir,
      APP_PROCESSES: '2',
      // While people come in the room becomes a large one: who chooses, chooses otherwise from then on.
      LARGE_ROOM_FROM: '100',
      LOG_LEVEL: 'warn',
    },
  })
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
    await rm(dataDir, { recursive: true, force: true })
  }
  const lines: string[] = []
  const output = () => lines.join('\n')
  try {
    await untilReady(child, lines)
    const keys = keysSchema.parse(JSON.parse(await readFile(path.join(dataDir, 'keys.json'), 'utf8')))
    const password = (await readFile(path.join(dataDir, 'postgres-password'), 'utf8')).trim()
    return {
      ...keys,
      appUrl: `http://127.0.0.1:${firstPort}`,
      supabaseUrl: `http://127.0.0.1:${firstPort + 1}`,
      dbUrl: `postgresql://postgres:${password}@127.0.0.1:${firstPort + 2}/postgres`,
      dataDir,
      pid: child.pid ?? 0,
      output,
      stop,
    }
  } catch (error) {
    await stop()
    throw new Error(`The product did not start.\n${output()}`, { cause: error })
  }
}

/** Resolves with the line that says so; keeps what is printed, also later. */
function untilReady(child: ChildProcess, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('It took too long.')), startsWithinInMs)
    child.once('exit', () => reject(new Error('It ended.')))
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        if (lines.length > linesKept) lines.shift()
        if (!line.includes('Ready.')) return
        clearTimeout(late)
        resolve()
      })
    }
  })
}

function withoutSupabase(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('SUPABASE_'))
  return { NODE_ENV: env.NODE_ENV, ...Object.fromEntries(others) }
}
