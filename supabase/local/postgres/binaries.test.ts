import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { repairInstall } from './binaries.ts'

test('links and execute bits that an install without scripts leaves out are put right', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'whatssound binaries '))
  onTestFinished(() => rm(folder, { recursive: true }))
  const native = path.join(folder, 'native')
  await mkdir(path.join(native, 'bin'), { recursive: true })
  await mkdir(path.join(native, 'lib'))
  await writeFile(path.join(native, 'lib', 'libpq.so.5.18'), 'library')
  await writeFile(path.join(native, 'bin', 'postgres'), '')
  await chmod(path.join(native, 'bin', 'postgres'), 0o644)
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  await writeFile(path.join(native, 'pg-symlinks.json'), JSON.stringify(links))

  await repairInstall(native, ['postgres'])
  await repairInstall(native, ['postgres'])
  expect(await readFile(path.join(native, 'lib', 'libpq.so.5'), 'utf8')).toBe('library')
  expect((await stat(path.join(native, 'bin', 'postgres'))).mode & 0o111).toBe(0o111)
})
