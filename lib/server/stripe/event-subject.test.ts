import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { tipEventTypes } from './event-subject.ts'

it('is of the events that the README has an operator choose, and of no others', () => {
  const readme = readFileSync('README.md', 'utf8')
  const paragraph = readme.match(
    /Of \*\*your own account\*\* it takes(.*?); of \*\*connected accounts\*\*/s,
  )?.[1]
  const chosen: string[] = []
  // `.expired` goes on from the one before.
  for (const [, name = ''] of paragraph?.matchAll(/`([^`]+)`/g) ?? [])
    chosen.push(name.startsWith('.') ? `${chosen.at(-1)?.replace(/\.\w+$/, '')}${name}` : name)
  expect(chosen.sort()).toEqual([...tipEventTypes].sort())
})
