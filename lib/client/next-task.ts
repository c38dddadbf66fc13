/**
 * Resolves in a task of its own: what waits, a tap or a frame, gets in between. What is asked of it while a page comes to
 * life is to keep each piece of work short, not to come late.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
