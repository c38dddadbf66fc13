/** Runs `work` unless another tab holds the name already (Web Locks); resolves when it is through, to whether it ran. */
export async function lockInBrowser(name: string, work: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work()
    return lock !== null
  })
}
