import type { Somebody } from './somebody.ts'
import { untilSeen } from './until-seen.ts'

/** What people do in the product, by what its pages offer. Real clicks: the moment of each is noted at the edge. */

export async function enter({ page, name }: Somebody): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Enter', exact: true }).click()
  await untilSeen(page.getByText(`Hello, ${name}`))
}

/** Opens a session and gives its address and id. */
export async function openSession(
  { page }: Somebody,
  title: string,
): Promise<{ address: string; id: string }> {
  const asked = page.waitForRequest(/\/api\/sessions\/[0-9a-f-]{36}\//)
  await page.goto('/studio')
  await page.getByLabel('Name of the session').fill(title)
  await page.getByRole('button', { name: 'Open the room' }).click()
  await page.waitForURL(/\/s\//)
  await untilSeen(page.getByRole('heading', { name: title }))
  const [, id = ''] = /\/api\/sessions\/([0-9a-f-]{36})\//.exec((await asked).url()) ?? []
  return { address: page.url(), id }
}

export async function addToQueue({ page }: Somebody, titles: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Library', exact: true }).click()
  for (const title of titles)
    await page.getByRole('button', { name: `Add ${title} to the queue`, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
}

/** Stands at the door, the name typed; `comeIn` is the tap. */
export async function standAtDoor({ page, name }: Somebody, address: string): Promise<void> {
  await page.goto(address)
  await page.getByLabel('Your name').fill(name)
  await untilSeen(page.getByRole('button', { name: 'Come in' }))
}

const press = (label: string) => async (somebody: Somebody) => {
  await somebody.page.getByRole('button', { name: label, exact: true }).click()
}
export const comeIn = press('Come in')
export const mute = press('Mute for me')
export const unmute = press('Unmute')
export const play = press('Play')
export const pause = press('Pause')
export const next = press('Next song')
export const startListening = press('Start listening')

/** Clicks into the waveform. */
export async function seekTo({ page }: Somebody, part: number): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Position in the song' })
  const box = await slider.boundingBox()
  if (!box) throw new Error('There is no waveform to seek in.')
  await page.mouse.click(box.x + part * box.width, box.y + box.height / 2)
}

/** Loads the page again, up to the point where the browser wants a tap for the sound. */
export async function reload(somebody: Somebody): Promise<void> {
  await somebody.fetch()
  await somebody.page.reload()
  await untilSeen(somebody.page.getByRole('button', { name: 'Start listening' }))
}

export async function goOffline({ cdp }: Somebody): Promise<void> {
  await emulateNetwork({ cdp }, { offline: true, kilobitsPerSecond: null })
}

export async function goOnline({ cdp }: Somebody): Promise<void> {
  await emulateNetwork({ cdp }, { offline: false, kilobitsPerSecond: null })
}

export async function emulateNetwork(
  { cdp }: Pick<Somebody, 'cdp'>,
  { offline, kilobitsPerSecond }: { offline: boolean; kilobitsPerSecond: number | null },
): Promise<void> {
  const downloadThroughput = kilobitsPerSecond === null ? -1 : kilobitsPerSecond * 125
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', {
    offline,
    latency: 0,
    downloadThroughput,
    uploadThroughput: -1,
  })
}
