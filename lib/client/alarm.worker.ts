let timer: ReturnType<typeof setTimeout> | undefined

/** Answers `delayInMs` later; null takes the last question back. */
self.addEventListener('message', ({ data: delayInMs }: MessageEvent<number | null>) => {
  clearTimeout(timer)
  if (delayInMs !== null) timer = setTimeout(() => self.postMessage(null), delayInMs)
})
