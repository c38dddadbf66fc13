/**
 * Runs in the page, before the page's own scripts: it is handed to `page.addInitScript` as source text, so it may not
 * use anything from outside itself. It sends every media element that plays through one AudioContext, whose output is
 * tapped, thinned out to 8 kHz, and kept while a recording is wanted. The product knows nothing of it.
 */
export function installTap(): void {
  // A page of somebody else's, without TLS: there is nothing to listen to, nor a way to.
  if (!isSecureContext) return
  const decimation = 6
  const stampEveryInMs = 40

  const workletSource = `
    registerProcessor('tap', class extends AudioWorkletProcessor {
      constructor() { super(); this.phase = 0; this.block = []; this.from = 0 }
      process([input]) {
        const channels = input.length
        for (let i = 0; i < 128; i++) {
          if ((currentFrame + i) % ${decimation}) continue
          if (this.block.length === 0) this.from = currentFrame + i
          let sum = 0
          for (let c = 0; c < channels; c++) sum += input[c][i]
          this.block.push(channels ? sum / channels : 0)
        }
        if (this.block.length >= 800) {
          const samples = Float32Array.from(this.block)
          this.port.postMessage({ frame: this.from, samples }, [samples.buffer])
          this.block = []
        }
        return true
      }
    })`

  type Block = { frame: number; samples: Float32Array }
  let graph: { context: AudioContext; input: AudioNode } | undefined
  let blocks: Block[] | undefined
  /** Pairs of frame and epoch milliseconds, as the output reports them. */
  let stamps: { frame: number; atInMs: number }[] = []
  const tapped = new WeakSet<HTMLMediaElement>()

  function ensureGraph() {
    if (graph) return graph
    const context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' })
    const input = context.createGain()
    input.connect(context.destination)
    graph = { context, input }
    void connectTap(context, input)
    return graph
  }

  async function connectTap(context: AudioContext, input: AudioNode): Promise<void> {
    const address = URL.createObjectURL(new Blob([workletSource], { type: 'text/javascript' }))
    await context.audioWorklet.addModule(address)
    // Nothing above the new Nyquist frequency may be left when five of six samples are dropped.
    const filters = [0.54, 1.31].map(
      (Q) => new BiquadFilterNode(context, { type: 'lowpass', frequency: 1_500, Q }),
    )
    const tap = new AudioWorkletNode(context, 'tap', { numberOfOutputs: 1 })
    const unheard = new GainNode(context, { gain: 0 })
    const chain = [input, ...filters, tap, unheard, context.destination]
    chain.reduce((from, to) => from.connect(to))
    tap.port.onmessage = ({ data }: MessageEvent<Block>) => blocks?.push(data)
    setInterval(() => {
      const { contextTime, performanceTime } = context.getOutputTimestamp()
      if (contextTime === undefined || performanceTime === undefined || contextTime === 0) return
      stamps.push({
        frame: contextTime * context.sampleRate,
        atInMs: performance.timeOrigin + performanceTime,
      })
    }, stampEveryInMs)
  }

  // Early, so that the output already runs when the first element plays: a context takes a while to start.
  ensureGraph()

  const play = HTMLMediaElement.prototype.play
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    const { context, input } = ensureGraph()
    void context.resume()
    const playing = play.call(this)
    // Not before it plays: an element that sounds through a context already is refused nothing.
    if (!this.paused && !tapped.has(this)) {
      tapped.add(this)
      context.createMediaElementSource(this).connect(input)
    }
    return playing
  }

  /** Forgets what it hands out, so that a long recording can be fetched piece by piece. */
  function handOut() {
    const heard = blocks ?? []
    const stamped = stamps
    blocks = []
    stamps = []
    return report(heard, stamped)
  }

  function report(heard: Block[], stamped: typeof stamps) {
    const length = heard.reduce((sum, { samples }) => sum + samples.length, 0)
    const joined = new Int16Array(length)
    let at = 0
    for (const { samples } of heard) {
      for (const sample of samples) joined[at++] = Math.max(-1, Math.min(1, sample)) * 32_767
    }
    let binary = ''
    const bytes = new Uint8Array(joined.buffer)
    for (let from = 0; from < bytes.length; from += 32_768) {
      binary += String.fromCharCode(...bytes.subarray(from, from + 32_768))
    }
    return {
      samples: btoa(binary),
      sampleRate: (graph?.context.sampleRate ?? 48_000) / decimation,
      decimation,
      firstFrame: heard[0]?.frame ?? 0,
      stamps: stamped,
      documentFromInMs: performance.timeOrigin,
    }
  }

  Object.assign(window, {
    listeningTap: {
      begin() {
        blocks = []
        stamps = []
      },
      /** Hears a microphone too, as if it were played. */
      hear(stream: MediaStream) {
        const { context, input } = ensureGraph()
        void context.resume()
        context.createMediaStreamSource(stream).connect(input)
      },
      handOut,
      end() {
        const all = handOut()
        blocks = undefined
        return all
      },
    },
  })
}

/** What was heard since `begin`, or since the last time: samples as base64, and where they belong in time. */
export type TapReport = {
  /** 16-bit samples. */
  samples: string
  sampleRate: number
  decimation: number
  firstFrame: number
  stamps: { frame: number; atInMs: number }[]
  /** When the document began: another one has another tap. */
  documentFromInMs: number
}

declare global {
  interface Window {
    listeningTap: { begin(): void; hear(stream: MediaStream): void; handOut(): TapReport; end(): TapReport }
  }
}
