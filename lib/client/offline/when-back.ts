import { jitteredInMs } from '#lib/domain/retry/retry-delay.ts'

const askEveryInMs = 4_000

export type WhenBackDeps = {
  /** Whether anything gets through now. Never rejects. */
  ask: () => Promise<boolean>
  /** The browser believes to be online again. */
  onOnline: (listener: () => void) => () => void
  /** From [0, 1). */
  random: () => number
}

/**
 * Calls `onBack` once, when something gets through again. The browser's word that it is online is a reason to ask at once, and
 * no more: it is said before anything gets through, and is not said again. So it is asked every few seconds as well.
 * @returns what ends the asking
 */
export function whenBack({ ask, onOnline, random }: WhenBackDeps, onBack: () => void): () => void {
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = async (): Promise<void> => {
    clearTimeout(timer)
    const isBack = await ask()
    if (isOver) return
    if (!isBack) return lookLater()
    end()
    onBack()
  }
  const lookLater = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), jitteredInMs(askEveryInMs, random))
  }
  const forget = onOnline(() => void look())
  const end = (): void => {
    isOver = true
    clearTimeout(timer)
    forget()
  }
  lookLater()
  return end
}
