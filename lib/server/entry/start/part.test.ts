import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Part, startPart } from './part.ts'

// Programs take their time to start on a busy machine.
const patience = { timeout: 15_000 }

/** Starts a program, given as text, as a part. */
async function startProgram(program: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'whatssound part '))
  const file = path.join(folder, 'program.mjs')
  await writeFile(file, program)
  const lines: string[] = []
  const said: string[] = []
  const messages: unknown[] = []
  const part: Part = startPart(
    {
      name: 'program',
      args: [file],
      env: { ...process.env, FOLDER: folder },
      onMessage: (m) => messages.push(m),
    },
    { say: (message) => said.push(message), pass: (name, line) => lines.push(`${name}: ${line}`) },
  )
  onTestFinished(async () => {
    await part.stop()
    await rm(folder, { recursive: true })
  })
  return { part, lines, said, messages }
}

test('passes on what a part prints and sends', async () => {
  const { lines, messages } = await startProgram(
    `console.log('hello'); console.error('trouble'); process.send({ ready: true }); setInterval(() => {}, 1000)`,
  )
  await vi.waitFor(() => expect(lines.toSorted()).toEqual(['program: hello', 'program: trouble']), patience)
  await vi.waitFor(() => expect(messages).toEqual([{ ready: true }]), patience)
})

test('starts a part that crashed again, and says so', async () => {
  const { lines, said } = await startProgram(`
    import { existsSync, writeFileSync } from 'node:fs'
    const mark = process.env.FOLDER + '/crashed'
    if (!existsSync(mark)) { writeFileSync(mark, ''); process.exit(3) }
    console.log('second life'); setInterval(() => {}, 1000)`)
  await vi.waitFor(() => expect(lines).toEqual(['program: second life']), patience)
  expect(said).toEqual(['program ended unexpectedly (exit code 3); starting it again in 0.5 s'])
})

test('does not start a part again that says it cannot run', async () => {
  const { part, said } = await startProgram('process.exit(78)')
  await expect(part.failed).rejects.toThrow('program cannot start')
  expect(said).toEqual([])
})

test('asks a part to end, and waits for it', async () => {
  const { part, lines } = await startProgram(
    `process.on('SIGTERM', () => { console.log('goodbye'); process.exit() }); console.log('here'); setInterval(() => {}, 1000)`,
  )
  await vi.waitFor(() => expect(lines).toEqual(['program: here']), patience)
  await part.stop()
  await vi.waitFor(() => expect(lines).toEqual(['program: here', 'program: goodbye']), patience)
})

test('a program tied to its parent ends when the parent is killed', async () => {
  const tie = path.join(import.meta.dirname, 'tie-to-parent.ts')
  const child = `console.log(process.pid); process.on('exit', () => {}); setInterval(() => {}, 1000)`
  const parent = `
    const { spawn } = require('node:child_process')
    spawn(process.execPath, ['--import', ${JSON.stringify(tie)}, '-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'inherit', 'ignore'], detached: true })
    setInterval(() => {}, 1000)`
  const supervisor = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: supervisor.stdout }), 'line')
  const pid = Number(line)
  supervisor.kill('SIGKILL')
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), patience)
})
