/** Known signals for the tests of the meters. Levels are the sine's peak in dBFS. */
export function sine(options: {
  frequency: number
  peakInDbfs: number
  durationInMs: number
  sampleRate?: number
  phaseInDegrees?: number
}): Float32Array {
  const { frequency, peakInDbfs, durationInMs, sampleRate = 48_000, phaseInDegrees = 0 } = options
  const amplitude = 10 ** (peakInDbfs / 20)
  const phase = (phaseInDegrees * Math.PI) / 180
  return Float32Array.from(
    { length: Math.round((durationInMs * sampleRate) / 1000) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / sampleRate + phase),
  )
}
