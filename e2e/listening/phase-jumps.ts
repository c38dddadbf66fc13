/** A place where a tone does not go on as it must: its phase jumped, or it was gone for a moment. */
export type PhaseJump = { atInMs: number; kind: 'jump' | 'dropout'; byInRadians: number }

const settings = {
  windowInMs: 6,
  hopInMs: 2,
  /** Phase is compared over so long to both sides. */
  spanInMs: 6,
  /**
   * The second difference of the phase over the span that a change of the rate may cause: from -1 % to +1 % at once,
   * twice what the controller does to audible sound.
   */
  rateStepMax: 0.02,
  /** And what noise and encoding add to it. */
  toleranceInRadians: 0.15,
  /** Weaker than this part of the tone's usual level, it is gone. */
  dropoutBelow: 0.6,
  /** Jumps nearer together are one. */
  apartInMs: 30,
} as const

/**
 * Follows the phase of pure tones through a sound and finds where it jumps by more than a change of the rate explains.
 * A gap, a repeated or a dropped block jumps the phase of a tone by any angle; a multiple of its period would go
 * unseen, so that two tones without a common period should sound together.
 */
export function phaseJumps(
  samples: Float32Array,
  sampleRate: number,
  tonesInHz: readonly number[],
): PhaseJump[] {
  const found = tonesInHz.flatMap((tone) => jumpsOfTone(samples, sampleRate, tone))
  const jumps: PhaseJump[] = []
  for (const jump of found.sort((a, b) => a.atInMs - b.atInMs)) {
    const last = jumps.at(-1)
    if (!last || jump.atInMs - last.atInMs > settings.apartInMs) jumps.push(jump)
    else if (Math.abs(jump.byInRadians) > Math.abs(last.byInRadians)) jumps[jumps.length - 1] = jump
  }
  return jumps
}

function jumpsOfTone(samples: Float32Array, sampleRate: number, toneInHz: number): PhaseJump[] {
  const { phases, levels } = demodulate(samples, sampleRate, toneInHz)
  const usual = [...levels].sort((a, b) => a - b)[levels.length >> 1] ?? 0
  if (usual === 0) return []
  const span = Math.round(settings.spanInMs / settings.hopInMs)
  const allowed =
    settings.toleranceInRadians + 2 * Math.PI * toneInHz * (settings.spanInMs / 1_000) * settings.rateStepMax
  const jumps: PhaseJump[] = []
  for (let at = span; at + span < phases.length; at++) {
    const atInMs = at * settings.hopInMs + settings.windowInMs / 2
    const [before = 0, here = 0, after = 0] = [phases[at - span], phases[at], phases[at + span]]
    const byInRadians = wrapped(after - 2 * here + before)
    if ((levels[at] ?? 0) < settings.dropoutBelow * usual)
      jumps.push({ atInMs, kind: 'dropout', byInRadians })
    else if (Math.abs(byInRadians) > allowed) jumps.push({ atInMs, kind: 'jump', byInRadians })
  }
  return jumps
}

/** Phase and amplitude of a tone, hop by hop, against an oscillator that never jumps. */
function demodulate(samples: Float32Array, sampleRate: number, toneInHz: number) {
  const window = Math.round((settings.windowInMs * sampleRate) / 1_000)
  const hop = Math.round((settings.hopInMs * sampleRate) / 1_000)
  const count = Math.max(0, Math.floor((samples.length - window) / hop) + 1)
  const phases = new Float64Array(count)
  const levels = new Float64Array(count)
  const omega = (2 * Math.PI * toneInHz) / sampleRate
  for (let at = 0; at < count; at++) {
    let [real, imaginary] = [0, 0]
    for (let index = 0; index < window; index++) {
      const weighted = (samples[at * hop + index] ?? 0) * Math.sin((Math.PI * (index + 0.5)) / window) ** 2
      const angle = omega * (at * hop + index)
      real += weighted * Math.cos(angle)
      imaginary -= weighted * Math.sin(angle)
    }
    phases[at] = Math.atan2(imaginary, real)
    levels[at] = (4 * Math.hypot(real, imaginary)) / window
  }
  return { phases, levels }
}

const wrapped = (angle: number) => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
