import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { hintAtCompiling } from './compile-hints.ts'

const hint = '//# allFunctionsCalledOnLoad\n'

it('hints at compiling in what a page calls nearly all of, once, and in nothing else', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chunks-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const fileOf = (name: string) => path.join(folder, name)
  const large = `"${'x'.repeat(400_000)}"`
  await writeFile(fileOf('room.js'), 'start()')
  await writeFile(fileOf('encoder.js'), large)
  await writeFile(fileOf('room.css'), 'body {}')

  await hintAtCompiling(folder)
  await hintAtCompiling(folder)

  expect(await readFile(fileOf('room.js'), 'utf8')).toBe(`${hint}start()`)
  expect(await readFile(fileOf('encoder.js'), 'utf8')).toBe(large)
  expect(await readFile(fileOf('room.css'), 'utf8')).toBe('body {}')
})
