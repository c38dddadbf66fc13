import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'

const program = path.join(import.meta.dirname, 'testing', 'app-process.ts')
// Processes take their time to start on a busy machine.
const patience = { timeout: 15_000 }
vi.setConfig({ testTimeout: 30_000 })

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** Starts the process of the tests and waits until all of its processes listen. */
async function startApp({ processes = 1 } = {}) {
  const [port, metricsPort] = await Promise.all([freePort(), freePort()])
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      APP_PROCESSES: String(processes),
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const lines: string[] = []
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const listening = () => lines.filter((line) => line.includes('listening')).length
  await vi.waitFor(() => expect(listening()).toBe(processes), patience)
  const url = `http://127.0.0.1:${port}`
  /** On a connection of its own, as another person's would be. */
  const open = (at: string, agent?: Agent) =>
    new Promise<IncomingMessage>((resolve, reject) =>
      get(url + at, { agent: agent ?? false }, resolve).on('error', reject),
    )
  const ask = async (at = '/') => text(await open(at))
  const metrics = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  return { child, lines, listening, open, ask, metrics, ended: once(child, 'exit') }
}

const isAlive = (pid: string): boolean => {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

test('two processes serve behind one port, and one that was killed is replaced', async () => {
  const app = await startApp({ processes: 2 })
  const seen = new Set<string>()
  await vi.waitFor(async () => {
    seen.add(await app.ask())
    expect(seen.size).toBe(2)
  }, patience)
  const [killed = '', other = ''] = seen
  process.kill(Number(killed), 'SIGKILL')
  await vi.waitFor(() => expect(app.listening()).toBe(3), patience)
  await vi.waitFor(async () => expect([killed, other]).not.toContain(await app.ask()), patience)
  expect(app.lines.join('\n')).toMatch(/app process \d ended unexpectedly \(SIGKILL\)/)

  app.child.kill('SIGTERM')
  expect(await app.ended).toEqual([0, null])
  expect(isAlive(other)).toBe(false)
})

test('what one process committed is told to the others, and not to itself', async () => {
  const app = await startApp({ processes: 3 })
  const committed = await app.ask('/commit')
  const heard = () => app.lines.filter((line) => line.endsWith('heard of a session'))
  await vi.waitFor(() => expect(heard()).toHaveLength(2), patience)
  expect(new Set(heard()).size).toBe(2)
  expect(heard().join()).not.toContain(committed)
})

test('no process gets connections before all can', async () => {
  const { lines } = await startApp({ processes: 2 })
  const steps = lines.map((line) => (line === 'prepared' ? line : JSON.parse(line).msg))
  expect(steps).toEqual(['prepared', 'prepared', 'listening', 'listening'])
})

test('its processes end with a primary that was killed', async () => {
  const app = await startApp({ processes: 2 })
  const pid = await app.ask()
  app.child.kill('SIGKILL')
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), patience)
})

test('at the end streams say goodbye, running requests finish, idle connections close', async () => {
  const app = await startApp()
  const agent = new Agent({ keepAlive: true })
  await text(await app.open('/', agent))
  const stream = text(await app.open('/stream'))
  const slow = text(await app.open('/slow'))
  app.child.kill('SIGTERM')
  expect(await stream).toBe(': here\n\nevent: bye\n\n')
  expect(await slow).toBe(`first ${app.child.pid}`)
  expect(await app.ended).toEqual([0, null])
  agent.destroy()
})

test('ends in order when the one that started it is gone', async () => {
  const app = await startApp()
  const stream = text(await app.open('/stream'))
  app.child.disconnect()
  expect(await stream).toContain('event: bye')
  expect(await app.ended).toEqual([0, null])
})

test.each([1, 2])('the metrics of %i process(es) are added up', async (processes) => {
  const app = await startApp({ processes })
  const streams = await Promise.all(Array.from({ length: 8 }, () => app.open('/stream')))
  const figures = await app.metrics()
  expect(figures).toContain('whatssound_hub_connections{transport="sse"} 8\n')
  expect(figures).toContain('process_resident_memory_bytes')
  for (const stream of streams) stream.destroy()
})
