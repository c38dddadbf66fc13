import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findFfmpeg } from './find-ffmpeg.ts'

let folder: string
let program: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'find-ffmpeg-'))
  program = path.join(folder, 'ffmpeg')
  await writeFile(program, '')
})
afterAll(() => rm(folder, { recursive: true }))

it('finds a program on the PATH, and nothing that cannot be run', async () => {
  const onPath = { PATH: `/nowhere:relative:${folder}` }
  await chmod(program, 0o644)
  expect(findFfmpeg(onPath)).toBeNull()
  await chmod(program, 0o755)
  expect(findFfmpeg(onPath)).toBe(program)
  expect(findFfmpeg({ PATH: '/nowhere' })).toBeNull()
  expect(findFfmpeg({})).toBeNull()
})

it('takes what FFMPEG_PATH names, and no other in its place', () => {
  expect(findFfmpeg({ PATH: '', FFMPEG_PATH: program })).toBe(program)
  expect(findFfmpeg({ PATH: folder, FFMPEG_PATH: '/nowhere/ffmpeg' })).toBeNull()
  expect(findFfmpeg({ PATH: folder, FFMPEG_PATH: folder })).toBeNull()
})
