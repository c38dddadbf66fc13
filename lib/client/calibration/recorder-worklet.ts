/**
 * The source of an AudioWorklet that hands over what it hears, block by block, with the number of the first frame and the
 * wall clock at it: a worklet has no other clock that the page shares. It is text, since bundlers know no worklets.
 */
export const recorderSource = `
registerProcessor('recorder', class extends AudioWorkletProcessor {
  constructor() {
    super()
    this.begin()
  }
  begin() {
    this.samples = new Float32Array(1024)
    this.filled = 0
  }
  process([input]) {
    const heard = input[0]
    if (!heard) return true
    if (this.filled === 0) {
      this.frame = currentFrame
      this.atInMs = Date.now()
    }
    this.samples.set(heard, this.filled)
    this.filled += heard.length
    if (this.filled >= this.samples.length) {
      const { frame, atInMs, samples } = this
      this.port.postMessage({ frame, atInMs, samples }, [samples.buffer])
      this.begin()
    }
    return true
  }
})`
