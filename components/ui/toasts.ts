/** Says something short that needs no answer; `warn` is for what did not work. Read aloud politely. */
export function notify(text: string, tone: 'plain' | 'warn' = 'plain'): void {
  // Fetched with the list that shows them, soon after the page: there also when the network is gone.
  void import('./toast-manager.ts').then(({ toasts }) =>
    toasts.add({ description: text, type: tone, timeout: tone === 'warn' ? 7_000 : 4_000 }),
  )
}
