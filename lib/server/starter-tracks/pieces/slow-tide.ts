import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { hat, kick, rim, shaker, snare } from '../synth/drums.ts'
import { duck, master, pingPong, reverb } from '../synth/effects.ts'
import { createBus, createGrid, mix, remember, stepsOf } from '../synth/mixer.ts'
import { createRandom } from '../synth/random.ts'
import { synth } from '../synth/voices.ts'

/** Dub in A minor: 74 beats, one drop, chords that go under in their own echo. */
const grid = createGrid({ beatsPerMinute: 74, swing: 0.54 })
const bars = 18
const chords = [
  ['A3', 'C4', 'E4', 'G4'],
  ['A3', 'C4', 'E4', 'G4'],
  ['A3', 'C4', 'D4', 'F4'],
  ['G3', 'B3', 'D4', 'E4'],
] as const
/** The bass sings: step, note, length in steps. */
const lines = [
  [
    [0, 'A1', 3],
    [3, 'A1', 1],
    [6, 'C2', 2],
    [8, 'D2', 3],
    [12, 'E2', 2],
    [14, 'G1', 2],
  ],
  [
    [0, 'A1', 4],
    [6, 'G1', 2],
    [8, 'E1', 4],
    [13, 'G1', 1],
    [14, 'G#1', 2],
  ],
  [
    [0, 'D2', 3],
    [3, 'D2', 1],
    [6, 'F2', 2],
    [8, 'A1', 4],
    [14, 'C2', 2],
  ],
  [
    [0, 'E2', 3],
    [4, 'D2', 2],
    [6, 'B1', 2],
    [8, 'G1', 4],
    [14, 'G#1', 2],
  ],
] as const
const melody = [
  [4, 'E5', 3],
  [7, 'D5', 1],
  [8, 'C5', 6],
  [18, 'D5', 2],
  [20, 'E5', 8],
  [34, 'F5', 3],
  [37, 'E5', 1],
  [38, 'D5', 6],
  [48, 'E5', 3],
  [51, 'D5', 2],
  [53, 'B4', 8],
] as const
const reply = [
  [2, 'A5', 2],
  [4, 'G5', 4],
  [10, 'E5', 6],
  [20, 'G5', 2],
  [22, 'E5', 8],
  [36, 'D5', 2],
  [38, 'F5', 6],
  [50, 'E5', 2],
  [52, 'G5', 3],
  [55, 'A5', 8],
] as const

// The form: chords and rim 0-1, the bass comes at 2, the melodica at 4 and 12, drums fall out at 10-11, the end echoes.
const hasDrums = (bar: number) => bar >= 2 && bar < 17 && bar !== 10 && bar !== 11
const hasBass = (bar: number) => bar >= 2 && bar < 17

export function renderSlowTide(): Stereo {
  const playKick = remember(kick)
  const playSynth = remember(synth)
  const random = createRandom(74)
  const duration = grid.at(bars) + 4
  const drums = createBus(duration)
  const thrown = createBus(duration)
  const bass = createBus(duration)
  const skank = createBus(duration)
  const organ = createBus(duration)
  const lead = createBus(duration)
  const drops: number[] = []

  for (let bar = 0; bar < bars; bar++) {
    const chord = chords[bar % 4] ?? chords[0]
    if (hasDrums(bar)) {
      drops.push(grid.at(bar, 8))
      drums.place(playKick({ from: 120, to: 44, length: 0.42, click: 0.12 }), grid.at(bar, 8), 1)
      if (bar % 2)
        drums.place(playKick({ from: 110, to: 44, length: 0.3, click: 0.1 }), grid.at(bar, 15), 0.55)
      drums.place(snare(random, { tone: 172, length: 0.22, snap: 0.55 }), grid.at(bar, 8), 0.45)
      for (const { step, level } of stepsOf('x.o. x.o. x.o. x.oo')) {
        drums.place(
          hat(random, { length: step === 14 ? 0.14 : 0.045, cutoff: 7_000 }),
          grid.at(bar, step),
          0.16 * level,
          0.3,
        )
      }
      for (const { step, level } of stepsOf('o.x. o.x. o.x. o.x.'))
        drums.place(shaker(random), grid.at(bar, step), 0.09 * level, -0.4)
    }
    for (const { step } of stepsOf(bar % 2 ? '...x .... ...x ..x.' : '...x .... .... ..x.')) {
      drums.place(rim(), grid.at(bar, step), 0.12, -0.3)
    }
    // Every fourth bar one hit is thrown into the echo.
    if (bar % 4 === 3) thrown.place(snare(random, { tone: 200, length: 0.16 }), grid.at(bar, 12), 0.5)
    if (hasBass(bar)) {
      for (const [step, note, steps] of lines[bar % 4] ?? []) {
        const voice = playSynth(
          { note, held: grid.stepInSeconds * steps * 0.92 },
          {
            amplitude: { attack: 0.012, decay: 0.5, sustain: 0.75, release: 0.08 },
            wave: 'triangle',
            cutoff: 260,
            open: 240,
            openDecay: 0.25,
          },
        )
        bass.place(voice, grid.at(bar, step), 0.85)
      }
    }
    for (const { step, level } of stepsOf('.... x... .... x.o.')) {
      for (const [i, note] of chord.entries()) {
        const voice = playSynth(
          { note, held: 0.07 },
          {
            amplitude: { attack: 0.003, decay: 0.12, sustain: 0.5, release: 0.07 },
            detune: [-7, 6],
            cutoff: 700,
            open: 2_400,
            openDecay: 0.1,
            resonance: 1.2,
          },
        )
        skank.place(voice, grid.at(bar, step), 0.16 * level, (i - 1.5) * 0.2)
      }
    }
    for (const [i, note] of chord.entries()) {
      const voice = playSynth(
        { note, held: grid.barInSeconds * 0.97 },
        {
          amplitude: { attack: 0.6, decay: 1, sustain: 0.8, release: 0.7 },
          wave: 'sine',
          detune: [-3, 3],
          cutoff: 2_400,
          vibrato: { rate: 5.2, cents: 5, delay: 0.4 },
        },
      )
      organ.place(voice, grid.at(bar), bar < 2 || bar === 10 || bar === 11 ? 0.055 : 0.03, (i - 1.5) * 0.45)
    }
  }
  for (const [start, phrase] of [
    [4, melody],
    [8, melody.slice(0, 5)],
    [12, reply],
  ] as const) {
    for (const [step, note, steps] of phrase) {
      const voice = playSynth(
        { note, held: grid.stepInSeconds * steps * 0.85 },
        {
          amplitude: { attack: 0.03, decay: 0.3, sustain: 0.8, release: 0.12 },
          wave: 'pulse',
          width: 0.32,
          detune: [-5, 5],
          cutoff: 1_500,
          open: 900,
          openDecay: 0.4,
          vibrato: { rate: 5.4, cents: 16, delay: 0.22 },
        },
      )
      lead.place(voice, grid.at(start + Math.floor(step / 16), step % 16), 0.17, -0.1)
    }
  }

  duck(bass, drops, { depth: 0.35, recovery: 0.14 })
  const dotted = grid.stepInSeconds * 3
  const echo = pingPong(
    mix([
      [skank, 0.8],
      [thrown, 1],
      [lead, 0.45],
    ]),
    { delayInSeconds: dotted, feedback: 0.62, tone: 1_900 },
  )
  const room = reverb(
    mix([
      [skank, 0.6],
      [thrown, 0.5],
      [lead, 0.4],
      [organ, 0.8],
      [drums, 0.05],
    ]),
    { size: 0.88, damping: 0.5 },
  )
  return master(
    mix([
      [drums, 1],
      [thrown, 0.6],
      [bass, 1],
      [skank, 1],
      [organ, 1],
      [lead, 1],
      [echo, 0.55],
      [room, 0.75],
    ]),
    { drive: 0.95, fadeOutInSeconds: 3.5 },
  )
}
