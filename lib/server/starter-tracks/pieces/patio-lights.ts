import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { clap, hat, kick, shaker } from '../synth/drums.ts'
import { duck, master, pingPong, reverb, sweep } from '../synth/effects.ts'
import { createBus, createGrid, mix, remember, stepsOf } from '../synth/mixer.ts'
import { createRandom } from '../synth/random.ts'
import { bell, synth } from '../synth/voices.ts'

/** Warm house in F minor: 118 beats, a little swing, an electric piano over a rolling bass. */
const grid = createGrid({ beatsPerMinute: 118, swing: 0.56 })
const bars = 34
const chords = [
  ['Ab3', 'C4', 'Eb4', 'G4'],
  ['Ab3', 'C4', 'Eb4', 'F4'],
  ['G3', 'Bb3', 'C4', 'Eb4'],
  ['G3', 'Bb3', 'Db4', 'F4'],
] as const
const roots = ['F1', 'Db2', 'Ab1', 'Eb2'] as const
const fifths = ['C2', 'Ab2', 'Eb2', 'Bb2'] as const
/** A call over four bars, and its answer: step in the phrase (sixteenths), note, length in steps. */
const call = [
  [0, 'C5', 3],
  [3, 'Eb5', 3],
  [6, 'F5', 6],
  [14, 'Eb5', 2],
  [16, 'C5', 4],
  [22, 'Bb4', 2],
  [24, 'Ab4', 6],
] as const
const answer = [
  [32, 'C5', 3],
  [35, 'Eb5', 3],
  [38, 'G5', 6],
  [46, 'F5', 2],
  [48, 'Eb5', 3],
  [51, 'F5', 3],
  [54, 'C5', 8],
] as const

// The form: intro 0-3, bass enters at 4, melody at 8, break 16-19, all together 20-29, outro 30-33.
const isBreak = (bar: number) => bar >= 16 && bar < 20
const hasKick = (bar: number) => !isBreak(bar) && bar < 33
const hasBass = (bar: number) => bar >= 4 && bar < 32 && !isBreak(bar)
const hasClap = (bar: number) => bar >= 4 && bar < 32 && !isBreak(bar)
const melodyStarts = [8, 12, 16, 20, 24] as const

export function renderPatioLights(): Stereo {
  const playKick = remember(kick)
  const playBell = remember(bell)
  const playSynth = remember(synth)
  const random = createRandom(118)
  const duration = grid.at(bars) + 2.5
  const drums = createBus(duration)
  const bass = createBus(duration)
  const keys = createBus(duration)
  const pads = createBus(duration)
  const lead = createBus(duration)
  const kicks: number[] = []

  for (let bar = 0; bar < bars; bar++) {
    const chord = chords[bar % 4] ?? chords[0]
    const root = roots[bar % 4] ?? 'F1'
    if (hasKick(bar)) {
      for (const { step } of stepsOf('x... x... x... x...')) {
        kicks.push(grid.at(bar, step))
        drums.place(playKick(), grid.at(bar, step), 0.95)
      }
    }
    if (hasClap(bar))
      for (const { step } of stepsOf('.... x... .... x...'))
        drums.place(clap(random), grid.at(bar, step), 0.5, 0.05)
    if (bar >= 2 && bar < 33) {
      for (const { step } of stepsOf('..x. ..x. ..x. ..x.'))
        drums.place(hat(random, { length: 0.16 }), grid.at(bar, step), 0.17, 0.2)
      for (const { step, level } of stepsOf('oxox oxox oxox oxox')) {
        drums.place(shaker(random), grid.at(bar, step), 0.1 * level * (0.8 + 0.4 * random()), -0.35)
      }
    }
    if (hasBass(bar)) {
      const line = bar % 4 === 3 ? 'x..x ..x. x.x. ..xx' : 'x..x ..x. .x.. x...'
      stepsOf(line).forEach(({ step }, i) => {
        const note = i % 3 === 2 ? (fifths[bar % 4] ?? root) : root
        const voice = playSynth(
          { note, held: grid.stepInSeconds * 1.6 },
          {
            amplitude: { attack: 0.004, decay: 0.25, sustain: 0.6, release: 0.05 },
            detune: [-4, 4],
            cutoff: 170,
            open: 620,
            openDecay: 0.16,
            resonance: 1.1,
            sub: 0.5,
          },
        )
        bass.place(voice, grid.at(bar, step), 0.42)
      })
    }
    // The piano: off the beat, softer while it is alone.
    for (const { step, level } of stepsOf(bar % 2 ? '..x. .x.. ..x. ..o.' : '..x. .x.. ..o. x...')) {
      for (const [i, note] of chord.entries()) {
        const voice = playBell({ note, held: grid.stepInSeconds * 2 }, { ratio: 2, index: 1.5, decay: 0.75 })
        keys.place(voice, grid.at(bar, step) + i * 0.004, 0.13 * level, (i - 1.5) * 0.25)
      }
    }
    if (bar >= 8) {
      for (const [i, note] of chord.entries()) {
        const voice = playSynth(
          { note, held: grid.barInSeconds * 0.98 },
          {
            amplitude: { attack: 0.35, decay: 1, sustain: 0.8, release: 0.5 },
            detune: [-11, -3, 4, 12],
            cutoff: 900,
          },
        )
        pads.place(voice, grid.at(bar), 0.05, (i - 1.5) * 0.4)
      }
    }
  }
  for (const [i, start] of melodyStarts.entries()) {
    for (const [step, note, steps] of i % 2 ? [...call, ...answer] : call) {
      const voice = playBell(
        { note, held: grid.stepInSeconds * steps * 0.6 },
        { ratio: 3.01, index: 1.3, decay: 0.9 },
      )
      lead.place(voice, grid.at(start + Math.floor(step / 16), step % 16), 0.2, 0.15)
    }
  }

  duck(bass, kicks, { depth: 0.75, recovery: 0.2 })
  duck(pads, kicks, { depth: 0.7, recovery: 0.3 })
  duck(keys, kicks, { depth: 0.3, recovery: 0.16 })
  // The piano comes out of a far room in the intro and goes back there at the end.
  const opening = grid.at(8)
  const closing = grid.at(30)
  sweep(keys, (t) =>
    t < opening
      ? 500 + 5_500 * (t / opening) ** 2
      : t > closing
        ? Math.max(400, 6_000 - 1_400 * (t - closing))
        : 6_000,
  )
  const echo = pingPong(lead, { delayInSeconds: grid.stepInSeconds * 3, feedback: 0.42 })
  const room = reverb(
    mix([
      [keys, 0.5],
      [lead, 0.5],
      [pads, 0.6],
      [drums, 0.04],
    ]),
    { size: 0.75 },
  )
  return master(
    mix([
      [drums, 1],
      [bass, 1],
      [keys, 1],
      [pads, 1],
      [lead, 1],
      [echo, 0.4],
      [room, 0.8],
    ]),
    { drive: 0.95, fadeOutInSeconds: 2 },
  )
}
