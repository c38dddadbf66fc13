import { Toast } from '@base-ui/react/toast'

export const toasts = Toast.createToastManager()

/** Says something short that needs no answer; `warn` is for what did not work. Read aloud politely. */
export function notify(text: string, tone: 'plain' | 'warn' = 'plain'): void {
  toasts.add({ description: text, type: tone, timeout: tone === 'warn' ? 7_000 : 4_000 })
}
