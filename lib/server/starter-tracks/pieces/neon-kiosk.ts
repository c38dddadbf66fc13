import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { clap, hat, kick, snare } from '../synth/drums.ts'
import { duck, master, pingPong, reverb, sweep } from '../synth/effects.ts'
import { createBus, createGrid, mix, remember, stepsOf } from '../synth/mixer.ts'
import { createRandom } from '../synth/random.ts'
import { synth } from '../synth/voices.ts'

/** Bright electro between C major and A minor: 126 beats, a running arpeggio and a tune to whistle. */
const grid = createGrid({ beatsPerMinute: 126, swing: 0.5 })
const bars = 32
const chords = [
  ['F3', 'A3', 'C4', 'G4'],
  ['G3', 'B3', 'D4', 'A4'],
  ['A3', 'C4', 'E4', 'G4'],
  ['G3', 'C4', 'E4', 'B4'],
] as const
const roots = ['F1', 'G1', 'A1', 'C2'] as const
/** Which tone of the chord each sixteenth of the arpeggio plays; 4 and above are an octave higher. */
const arpeggio = [0, 2, 4, 1, 3, 5, 2, 6, 0, 2, 4, 3, 5, 7, 6, 4]
const tune = [
  [0, 'E5', 2],
  [3, 'G5', 2],
  [6, 'A5', 4],
  [12, 'G5', 2],
  [14, 'E5', 2],
  [16, 'D5', 4],
  [22, 'E5', 2],
  [24, 'G5', 6],
  [32, 'E5', 2],
  [35, 'G5', 2],
  [38, 'C6', 4],
  [44, 'B5', 2],
  [46, 'G5', 2],
  [48, 'A5', 3],
  [51, 'G5', 3],
  [54, 'E5', 8],
] as const
const octaveUp: Readonly<Record<string, string>> = { '3': '4', '4': '5', '5': '6' }
const raise = (note: string) => note.replace(/\d$/, (octave) => octaveUp[octave] ?? octave)

// The form: arpeggio alone 0-3, beat at 4, tune at 8, break with a rise 16-19, everything 20-27, unwinding 28-31.
const isBreak = (bar: number) => bar >= 16 && bar < 20
const hasBeat = (bar: number) => bar >= 4 && bar < 31 && !isBreak(bar)
const hasChords = (bar: number) => bar >= 8 && bar < 30

export function renderNeonKiosk(): Stereo {
  const playKick = remember(kick)
  const playSynth = remember(synth)
  const random = createRandom(126)
  const duration = grid.at(bars) + 2.5
  const drums = createBus(duration)
  const bass = createBus(duration)
  const arp = createBus(duration)
  const wide = createBus(duration)
  const lead = createBus(duration)
  const kicks: number[] = []

  for (let bar = 0; bar < bars; bar++) {
    const chord = chords[bar % 4] ?? chords[0]
    const root = roots[bar % 4] ?? 'F1'
    if (hasBeat(bar)) {
      for (const { step } of stepsOf(bar % 8 === 7 ? 'x... x... x... x.x.' : 'x... x... x... x...')) {
        kicks.push(grid.at(bar, step))
        drums.place(playKick({ from: 190, to: 50, length: 0.28, click: 0.35 }), grid.at(bar, step), 0.95)
      }
      for (const { step } of stepsOf('.... x... .... x...')) {
        drums.place(clap(random), grid.at(bar, step), 0.42)
        drums.place(snare(random, { tone: 205, length: 0.14, snap: 0.5 }), grid.at(bar, step), 0.25)
      }
      for (const { step, level } of stepsOf('o.xo o.xo o.xo o.xo')) {
        drums.place(
          hat(random, { length: level === 1 ? 0.12 : 0.035, cutoff: 8_800 }),
          grid.at(bar, step),
          0.15 * level,
          0.15,
        )
      }
      for (const { step } of stepsOf('..x. ..x. ..x. .xx.')) {
        const voice = playSynth(
          { note: root, held: grid.stepInSeconds * 1.5 },
          {
            amplitude: { attack: 0.003, decay: 0.2, sustain: 0.7, release: 0.04 },
            detune: [-6, 6],
            cutoff: 300,
            open: 1_500,
            openDecay: 0.12,
            resonance: 1.4,
            sub: 0.6,
          },
        )
        bass.place(voice, grid.at(bar, step), 0.4)
      }
    }
    // A roll that leads out of the break.
    if (bar === 19) {
      for (const { step } of stepsOf('x.x. x.x. xxxx xxxx')) {
        drums.place(
          snare(random, { tone: 220, length: 0.1, snap: 0.6 }),
          grid.at(bar, step),
          0.12 + 0.02 * step,
        )
      }
    }
    arpeggio.forEach((tone, step) => {
      const name = chord[tone % 4] ?? 'C4'
      const voice = playSynth(
        { note: tone >= 4 ? raise(raise(name)) : raise(name), held: grid.stepInSeconds * 0.7 },
        {
          amplitude: { attack: 0.002, decay: 0.12, sustain: 0.35, release: 0.06 },
          detune: [-5, 5],
          cutoff: 1_100,
          open: 3_800,
          openDecay: 0.09,
          resonance: 1.3,
        },
      )
      arp.place(voice, grid.at(bar, step), bar < 30 ? 0.1 : 0.07, Math.sin(step * 1.3) * 0.55)
    })
    if (hasChords(bar)) {
      for (const [i, note] of chord.entries()) {
        const voice = playSynth(
          { note, held: grid.barInSeconds * 0.96 },
          {
            amplitude: { attack: 0.03, decay: 0.8, sustain: 0.75, release: 0.25 },
            detune: [-17, -9, -3, 4, 10, 18],
            cutoff: isBreak(bar) ? 1_300 : 2_600,
          },
        )
        wide.place(voice, grid.at(bar), 0.055, (i - 1.5) * 0.5)
      }
    }
  }
  for (const start of [8, 12, 20, 24]) {
    for (const [step, note, steps] of tune) {
      const voice = playSynth(
        { note, held: grid.stepInSeconds * steps * 0.8 },
        {
          amplitude: { attack: 0.006, decay: 0.25, sustain: 0.6, release: 0.1 },
          wave: 'pulse',
          width: start >= 20 ? 0.25 : 0.5,
          detune: [-4, 4],
          cutoff: 2_400,
          open: 2_000,
          openDecay: 0.2,
          vibrato: { rate: 6, cents: 12, delay: 0.18 },
        },
      )
      lead.place(voice, grid.at(start + Math.floor(step / 16), step % 16), 0.13, -0.12)
    }
  }

  duck(bass, kicks, { depth: 0.8, recovery: 0.16 })
  duck(wide, kicks, { depth: 0.8, recovery: 0.28 })
  duck(arp, kicks, { depth: 0.35, recovery: 0.14 })
  // The arpeggio opens over the intro, closes before the break and opens again with the rise.
  const [opened, closing, rising, full, ending] = [
    grid.at(8),
    grid.at(16),
    grid.at(17),
    grid.at(20),
    grid.at(28),
  ]
  sweep(arp, (t) => {
    if (t < opened) return 700 + 8_000 * (t / opened) ** 2
    if (t < closing) return 8_700
    if (t < rising) return 1_600
    if (t < full) return 1_600 + 8_000 * ((t - rising) / (full - rising)) ** 2
    return t < ending ? 9_600 : Math.max(500, 9_600 - 1_300 * (t - ending))
  })
  const echo = pingPong(
    mix([
      [lead, 0.8],
      [arp, 0.35],
    ]),
    { delayInSeconds: grid.stepInSeconds * 3, feedback: 0.45, tone: 3_800 },
  )
  const room = reverb(
    mix([
      [wide, 0.5],
      [lead, 0.5],
      [arp, 0.3],
      [drums, 0.05],
    ]),
    { size: 0.7, damping: 0.25 },
  )
  return master(
    mix([
      [drums, 1],
      [bass, 1],
      [arp, 1],
      [wide, 1],
      [lead, 1],
      [echo, 0.45],
      [room, 0.7],
    ]),
    { drive: 0.95, fadeOutInSeconds: 2 },
  )
}
