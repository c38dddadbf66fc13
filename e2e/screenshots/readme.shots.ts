import { fileURLToPath } from 'node:url'
import { type Person, test } from '../fixtures/people.ts'
import { addToQueue, hear, join, startSession } from '../fixtures/session.ts'

/** `npm run screenshots`: the README's pictures, of the product as it is. */
const shoot = ({ page }: Person, name: string) =>
  page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)), animations: 'allow' })

async function say({ page }: Person, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Write something' })
  await composer.fill(text)
  await composer.press('Enter')
}

test('the pictures of the README', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana', 'phone')
  const ben = await person('Ben', 'desktop')
  const visitor = await person('Eva', 'phone')

  const address = await startSession(dj, 'Rooftop, after hours')
  await addToQueue(dj, ['Patio Lights', 'Slow Tide', 'Neon Kiosk'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  for (const listener of [ana, ben]) {
    await join(listener, address)
    await hear(listener)
  }
  await ben.page.getByRole('button', { name: /^Vote for Neon Kiosk/ }).click()
  await say(dj, 'Good evening, rooftop. Three to warm up.')
  await say(ben, 'That bass line 🔥')
  await say(ana, 'Neon Kiosk next, please')
  await hear(dj)
  await shoot(dj, 'room-desktop')
  await shoot(ana, 'room-phone')

  await visitor.page.goto('/')
  await visitor.page.getByText('Rooftop, after hours').waitFor()
  await shoot(visitor, 'lobby-phone')
  await visitor.page.setViewportSize({ width: 1440, height: 900 })
  await shoot(visitor, 'lobby-desktop')
  await dj.page.goto('/studio')
  await dj.page.getByText('Patio Lights').waitFor()
  await shoot(dj, 'studio-desktop')
})
