import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { hintAtCompiling } from './compile-hints.ts'

/** Everything that the build's result depends on. */
const sources = [
  '{app,components,lib,public}/**/*',
  '*.{ts,mjs,js,css}',
  'package-lock.json',
  'tsconfig.json',
]
/** Tests, and what Next itself writes. */
const irrelevant = /\.test\.tsx?$|^next-env\.d\.ts$/
/** Arguments for Node that run `next build` and end it when its parent is gone. */
const nextBuild = [
  '--import',
  pathToFileURL(path.join(import.meta.dirname, 'tie-to-parent.ts')).href,
  path.join('node_modules', 'next', 'dist', 'bin', 'next'),
  'build',
]
const stampFile = path.join('.next', 'source-stamp')

/** Whether `.next` holds a build of the sources as they are. */
export async function isBuilt(): Promise<boolean> {
  if (!existsSync(path.join('.next', 'BUILD_ID')) || !existsSync(stampFile)) return false
  const [built, current] = await Promise.all([readFile(stampFile, 'utf8'), sourceStamp()])
  return built === current
}

/**
 * Runs `next build`.
 *
 * @param onStep called with the name of each step that Next has finished
 * @throws an Error with Next's whole output
 */
export async function build(onStep: (step: string) => void): Promise<void> {
  const stamp = await sourceStamp()
  const child = spawn(process.execPath, nextBuild, {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk
      for (const [, step] of String(chunk).matchAll(/✓ ((?:Compiled|Finished|Generating).*)/g))
        if (step) onStep(step.trim())
    })
  }
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`The build failed.\n${output}`)
  await hintAtCompiling(path.join('.next', 'static', 'chunks'))
  await writeFile(stampFile, stamp)
}

async function sourceStamp(): Promise<string> {
  const files: string[] = []
  for await (const entry of glob(sources, { withFileTypes: true })) {
    if (entry.isFile() && !irrelevant.test(entry.name)) files.push(path.join(entry.parentPath, entry.name))
  }
  const hash = createHash('sha256')
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex')
}
