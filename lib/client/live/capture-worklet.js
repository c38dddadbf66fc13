/**
 * Runs in the audio thread: hands what is captured, in stereo, to whoever holds the other end of the port, 48 ms at a time.
 * The port goes past the page's own thread, so that nothing the page does can hold up the sound.
 */
const blockInSamples = 18 * 128

registerProcessor(
  'capture',
  class extends AudioWorkletProcessor {
    constructor() {
      super()
      this.filled = 0
      this.sentInSamples = 0
      this.isOver = false
      this.begin()
      this.port.onmessage = ({ data }) => {
        if (data.port) this.out = data.port
        if (data.stop) this.end()
      }
    }

    begin() {
      this.filled = 0
      this.left = new Float32Array(blockInSamples)
      this.right = new Float32Array(blockInSamples)
    }

    send(length) {
      this.sentInSamples += length
      const left = length < blockInSamples ? this.left.slice(0, length) : this.left
      const right = length < blockInSamples ? this.right.slice(0, length) : this.right
      const message = { untilInSamples: this.sentInSamples, left, right }
      this.out.postMessage(message, [left.buffer, right.buffer])
      this.begin()
    }

    end() {
      if (this.isOver) return
      this.isOver = true
      if (!this.out) return
      if (this.filled > 0) this.send(this.filled)
      this.out.postMessage(null)
    }

    process([input]) {
      if (this.isOver) return false
      if (!this.out) return true
      // Nothing is connected, or the device gives nothing: silence.
      if (input.length > 0) {
        this.left.set(input[0], this.filled)
        this.right.set(input[1] ?? input[0], this.filled)
      }
      this.filled += 128
      if (this.filled === blockInSamples) this.send(blockInSamples)
      return true
    }
  },
)
