import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutSource } from './cut-source.ts'
import { pcmFromMemory } from './pcm.ts'

it('gives exactly the samples of the cut, wherever the blocks end', async () => {
  const left = Float32Array.from({ length: 130_000 }, (_, i) => i)
  const source = pcmFromMemory({ left, right: left.map((sample) => -sample) })
  await fc.assert(
    fc.asyncProperty(fc.nat(129_999), fc.nat(130_000), async (a, b) => {
      const cut = { from: Math.min(a, b), to: Math.max(a, b) }
      const parts: Float32Array[] = []
      for await (const block of cutSource(source, cut).open()) {
        parts.push(block.left)
        expect(block.right[0]).toBe(-(block.left[0] ?? 0))
      }
      expect(parts.reduce((sum, { length }) => sum + length, 0)).toBe(cut.to - cut.from)
      if (cut.to > cut.from) expect([parts[0]?.[0], parts.at(-1)?.at(-1)]).toEqual([cut.from, cut.to - 1])
    }),
    { numRuns: 50 },
  )
})
