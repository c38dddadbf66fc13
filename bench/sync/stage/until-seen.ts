import type { Locator } from '@playwright/test'

/** Generous: a busy machine takes its time, and what is measured is measured elsewhere. */
const patienceInMs = 60_000

export async function untilSeen(locator: Locator, timeoutInMs = patienceInMs): Promise<void> {
  await locator.first().waitFor({ state: 'visible', timeout: timeoutInMs })
}
