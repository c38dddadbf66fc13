import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { configured } from '../local/config.ts'

const names = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(path.join(import.meta.dirname, name, 'index.ts')),
)
const { imports } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'deno.json'), 'utf8')) as {
  imports: Record<string, string>
}
const versions: Record<string, string> = packageJson.dependencies

/** What the functions import from elsewhere, by whatever way. */
async function imported(): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: names.map((name) => path.join(import.meta.dirname, name, 'index.ts')),
    outdir: 'nowhere',
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'neutral',
  })
  const external = Object.values(metafile.inputs)
    .flatMap((input) => input.imports)
    .filter((found) => found.external)
  return [...new Set(external.map((found) => found.path))]
}
const isOfNode = (specifier: string) => specifier.startsWith('node:')

it('names each package that a function imports, in the version of package.json, and no other', async () => {
  const packagesInUse = (await imported()).filter((specifier) => !isOfNode(specifier))
  const expected = packagesInUse.map((specifier) => {
    const [name = ''] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? []
    return [specifier, `npm:${name}@${versions[name]}${specifier.slice(name.length)}`]
  })
  const { '#lib/': _ours, ...packages } = imports
  expect(packages).toEqual(Object.fromEntries(expected))
})

it('needs of Node what Supabase’s Edge Runtime has', async () => {
  expect((await imported()).filter(isOfNode)).toEqual(['node:crypto'])
})

it.each(names)('is what %s is deployed with, for callers who have no JWT', (name) => {
  expect(configured(`functions.${name}`, 'import_map')).toBe('"./functions/deno.json"')
  expect(configured(`functions.${name}`, 'verify_jwt')).toBe('false')
})
