/**
 * Integrated loudness of 48-kHz stereo by EBU R128, that is ITU-R BS.1770-5: K-weighting, mean squares over 400-ms
 * blocks with 75 % overlap, gated at -70 LUFS and then at 10 LU below the mean of what remains.
 */
export type LoudnessMeter = {
  /** Takes the next samples; blocks may have any length, both channels the same. */
  add: (left: Float32Array, right: Float32Array) => void
  /** Null for silence, and for less than one block of 400 ms. */
  integratedInLufs: () => number | null
}

const stepInSamples = 4_800
const stepsPerBlock = 4
const absoluteGateInLufs = -70
const relativeGateInLu = -10

export function createLoudnessMeter(): LoudnessMeter {
  const weighLeft = createKWeighting()
  const weighRight = createKWeighting()
  const stepEnergies: number[] = []
  let energy = 0
  let samplesInStep = 0

  return {
    add(left, right) {
      for (let i = 0; i < left.length; i++) {
        const l = weighLeft(left[i] ?? 0)
        const r = weighRight(right[i] ?? 0)
        energy += l * l + r * r
        if (++samplesInStep === stepInSamples) {
          stepEnergies.push(energy / stepInSamples)
          energy = 0
          samplesInStep = 0
        }
      }
    },
    integratedInLufs: () => gatedLoudness(toBlocks(stepEnergies)),
  }
}

/** Mean squares of 400-ms blocks that begin every 100 ms. */
function toBlocks(stepEnergies: readonly number[]): number[] {
  const blocks: number[] = []
  for (let i = stepsPerBlock; i <= stepEnergies.length; i++)
    blocks.push(mean(stepEnergies.slice(i - stepsPerBlock, i)))
  return blocks
}

function gatedLoudness(blocks: readonly number[]): number | null {
  const audible = blocks.filter((block) => toLufs(block) > absoluteGateInLufs)
  if (audible.length === 0) return null
  const relativeGate = toLufs(mean(audible)) + relativeGateInLu
  const counted = audible.filter((block) => toLufs(block) > relativeGate)
  return toLufs(mean(counted))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function toLufs(meanSquare: number): number {
  return -0.691 + 10 * Math.log10(meanSquare)
}

/** The pre-filter of BS.1770 at 48 kHz: a shelf for the head, then a high-pass (tables 1 and 2). */
function createKWeighting(): (sample: number) => number {
  let s1 = 0
  let s2 = 0
  let h1 = 0
  let h2 = 0
  return (sample) => {
    const shelfInput = sample + 1.69065929318241 * s1 - 0.73248077421585 * s2
    const shelved = 1.53512485958697 * shelfInput - 2.69169618940638 * s1 + 1.19839281085285 * s2
    s2 = s1
    s1 = shelfInput
    const passInput = shelved + 1.99004745483398 * h1 - 0.99007225036621 * h2
    const passed = passInput - 2 * h1 + h2
    h2 = h1
    h1 = passInput
    return passed
  }
}
