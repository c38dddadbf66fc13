/** Float files may carry NaN and infinities, which would poison every filter behind them: they become silence. */
export function finite(samples: Float32Array): Float32Array {
  for (let i = 0; i < samples.length; i++) if (!Number.isFinite(samples[i])) samples[i] = 0
  return samples
}
