/** As much of a speech recognizer (Web Speech API) as is used; TypeScript's library has none, as not every browser does. */
export type Recognizer = EventTarget & {
  lang: string
  continuous: boolean
  start: () => void
  stop: () => void
}
type ResultEvent = Event & {
  resultIndex: number
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>
}
type FailedEvent = Event & { error: string }

const constructorOf = () => {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as typeof globalThis &
    Partial<Record<'SpeechRecognition' | 'webkitSpeechRecognition', new () => Recognizer>>
  return SpeechRecognition ?? webkitSpeechRecognition
}

/** Whether this browser can write down what is said at all. */
export const canWriteDown = () => constructorOf() !== undefined

/** After these the browser goes on by itself, or somebody stopped it. */
const passingErrors = ['no-speech', 'aborted']

/**
 * Has the browser write down what is said into its microphone, a phrase at a time, until the returned function is called;
 * the phrase that was being said then still comes.
 */
export function writeDown({
  language,
  onPhrase,
  onFailed,
  create,
}: {
  /** BCP 47, like `es`. */
  language: string
  onPhrase: (text: string) => void
  /** It cannot: not allowed, or what the browser asks for it did not answer. */
  onFailed: () => void
  create?: () => Recognizer
}): () => void {
  const Constructor = constructorOf()
  const recognizer = create?.() ?? (Constructor && new Constructor())
  let isOver = false
  if (!recognizer) {
    onFailed()
    return () => {}
  }
  recognizer.lang = language
  recognizer.continuous = true
  recognizer.addEventListener('result', (event) => {
    const { results, resultIndex } = event as ResultEvent
    for (const result of Array.from(results).slice(resultIndex)) {
      const text = result.isFinal ? result[0]?.transcript.trim() : ''
      if (text) onPhrase(text)
    }
  })
  recognizer.addEventListener('error', (event) => {
    if (isOver || passingErrors.includes((event as FailedEvent).error)) return
    isOver = true
    onFailed()
  })
  // Browsers end by themselves after a while of silence.
  recognizer.addEventListener('end', () => {
    if (!isOver) recognizer.start()
  })
  recognizer.start()
  return () => {
    isOver = true
    recognizer.stop()
  }
}
