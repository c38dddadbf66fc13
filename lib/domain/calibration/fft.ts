/**
 * The discrete Fourier transform of complex samples, in place: radix 2, decimation in time (Cooley and Tukey, 1965).
 * The length must be a power of two. Backwards, the samples come out multiplied by their number.
 */
export function fft(real: Float64Array, imaginary: Float64Array, direction: 'forward' | 'backward'): void {
  const length = real.length
  reverseBits(real, imaginary)
  const sign = direction === 'forward' ? -1 : 1
  for (let size = 2; size <= length; size *= 2) {
    const half = size / 2
    const cosines = new Float64Array(half)
    const sines = new Float64Array(half)
    for (let k = 0; k < half; k++) {
      cosines[k] = Math.cos((2 * Math.PI * k) / size)
      sines[k] = sign * Math.sin((2 * Math.PI * k) / size)
    }
    for (let start = 0; start < length; start += size) {
      for (let k = 0; k < half; k++) {
        const even = start + k
        const odd = even + half
        const cosine = cosines[k] as number
        const sine = sines[k] as number
        const oddReal = real[odd] as number
        const oddImaginary = imaginary[odd] as number
        const turnedReal = oddReal * cosine - oddImaginary * sine
        const turnedImaginary = oddReal * sine + oddImaginary * cosine
        const evenReal = real[even] as number
        const evenImaginary = imaginary[even] as number
        real[odd] = evenReal - turnedReal
        imaginary[odd] = evenImaginary - turnedImaginary
        real[even] = evenReal + turnedReal
        imaginary[even] = evenImaginary + turnedImaginary
      }
    }
  }
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  let mirrored = 0
  for (let index = 1; index < real.length; index++) {
    let bit = real.length >> 1
    while (mirrored & bit) {
      mirrored ^= bit
      bit >>= 1
    }
    mirrored ^= bit
    if (index < mirrored) {
      swap(real, index, mirrored)
      swap(imaginary, index, mirrored)
    }
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a] as number
  values[a] = values[b] as number
  values[b] = kept
}

/** The smallest power of two that is at least `length`. */
export function powerOfTwoFrom(length: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, length)))
}
