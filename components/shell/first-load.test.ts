import path from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../..')

/** The components of the browser with which the lobby and a room begin. */
const entryPoints = [
  'components/shell/providers.tsx',
  'components/lobby/live-lobby.tsx',
  'components/account/account-menu.tsx',
  'components/account/guest-entry.tsx',
  'components/install/install-card.tsx',
  'components/room/room-entrance.tsx',
  'components/room/room-screen.tsx',
]

/** Packages that those import, and the modules of ours by which they do, without what is fetched later. */
async function importedAtOnce(): Promise<Map<string, string>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    outdir: 'unwritten',
    write: false,
    metafile: true,
    // Server actions are a mere address in the browser.
    external: ['#lib/actions/*'],
    packages: 'external',
    logLevel: 'silent',
  })
  const packages = new Map<string, string>()
  const seen = new Set<string>()
  const waiting = [...entryPoints]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    for (const { path: imported, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (external) packages.set(imported, file)
      else waiting.push(imported)
    }
  }
  return packages
}

test('lobby and room begin with nothing that is only used later', async () => {
  const packages = await importedAtOnce()
  expect(packages.has('react')).toBe(true)
  const allowed =
    /^(react(-dom)?|next|next-intl|swr|clsx|lucide-react|@base-ui\/react\/csp-provider)(\/(?!image)|$)|^#lib\/actions\//
  const others = [...packages].filter(([name]) => !allowed.test(name))
  expect(others).toEqual([])
})
