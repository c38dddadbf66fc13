import { liveFormat } from '#lib/domain/live/live.ts'

/** What is captured, on its way to a level meter and, while on air, to the encoder. */
export type CaptureGraph = {
  /** The newest samples of both channels. */
  readLevel: (left: Float32Array<ArrayBuffer>, right: Float32Array<ArrayBuffer>) => void
  /** Hands what is captured from now on to the port; returns what ends it, with null as the last message. */
  send: (port: MessagePort) => () => void
  destroy: () => void
}

export async function createCaptureGraph(stream: MediaStream): Promise<CaptureGraph> {
  const context = new AudioContext({ sampleRate: liveFormat.sampleRate, latencyHint: 'interactive' })
  try {
    await context.audioWorklet.addModule(new URL('./capture-worklet.js', import.meta.url))
    await context.resume()
  } catch (error) {
    await context.close()
    throw error
  }
  const source = context.createMediaStreamSource(stream)
  const splitter = context.createChannelSplitter(2)
  const [left, right] = [context.createAnalyser(), context.createAnalyser()]
  left.fftSize = right.fftSize = 2_048
  source.connect(splitter)
  // A mono source is heard on both sides.
  splitter.connect(left, 0)
  splitter.connect(right, source.channelCount > 1 ? 1 : 0)
  // Nothing is pulled that does not lead to the output: this way is silent.
  const unheard = new GainNode(context, { gain: 0 })
  unheard.connect(context.destination)

  return {
    readLevel(intoLeft, intoRight) {
      left.getFloatTimeDomainData(intoLeft)
      right.getFloatTimeDomainData(intoRight)
    },
    send(port) {
      const node = new AudioWorkletNode(context, 'capture', { outputChannelCount: [2] })
      node.port.postMessage({ port }, [port])
      source.connect(node).connect(unheard)
      let isSending = true
      return () => {
        if (!isSending) return
        isSending = false
        node.port.postMessage({ stop: true })
        source.disconnect(node)
      }
    },
    destroy: () => void context.close(),
  }
}
