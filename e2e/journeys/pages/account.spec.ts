import { expectAccessible } from '../../fixtures/accessible.ts'
import { openAccount, signInByCode, signUp, typeCode } from '../../fixtures/account.ts'
import { goodFile } from '../../fixtures/hostile-audio.ts'
import { newEmail, newestMessage, newPhone } from '../../fixtures/inbox.ts'
import { addFiles, chosen, uploads } from '../../fixtures/library.ts'
import { signInAtProviderPage } from '../../fixtures/openid.ts'
import { expect, test } from '../../fixtures/people.ts'
import { solidPng } from '../../fixtures/png.ts'
import { enterAsGuest } from '../../fixtures/session.ts'

test('a guest adds a phone and is the same person on another device', async ({ person }) => {
  const ana = await person('Ana')
  const phone = newPhone()
  await enterAsGuest(ana)
  await ana.page.goto('/studio')
  await ana.page.getByLabel('Name of the session').fill('Kept')
  await ana.page.getByRole('button', { name: 'Open the room' }).click()
  await ana.page.waitForURL(/\/s\//)

  const section = await openAccount(ana)
  const ways = section('Ways to sign in')
  await expect(ways).toContainText('You are here as a guest')
  await ways.getByRole('button', { name: 'Add a phone' }).click()
  await ways.getByLabel('Phone number').fill(phone)
  await ways.getByRole('button', { name: 'Send the code' }).click()
  await typeCode(ana.page, phone)
  await expect(ways).toContainText(phone)
  await expect(ways).not.toContainText('as a guest')

  const tablet = await person('Ana on a tablet', 'desktop')
  await tablet.page.goto('/sign-in?next=/studio')
  await expectAccessible(tablet.page)
  await signInByCode(tablet, phone)
  await tablet.page.waitForURL('/studio')
  await expect(tablet.page.getByText('Kept')).toBeVisible()
  const keptLibraries = () =>
    tablet.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('seen-library')))
  await expect.poll(keptLibraries).toHaveLength(1)

  // Both devices are listed, and the other one can be signed out.
  const devices = (await openAccount(tablet))('Devices')
  await expect(devices.getByRole('listitem')).toHaveCount(2)
  await expect(devices.getByRole('button', { name: /^Sign out .+Last seen/ })).toHaveCount(1)
  await devices.getByRole('button', { name: 'Sign out all others' }).click()
  await expect(devices.getByRole('listitem')).toHaveCount(1)
  await devices.getByRole('button', { name: 'Sign out everywhere' }).click()
  await tablet.page.waitForURL('/')
  await expect(tablet.page.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await expect.poll(keptLibraries).toEqual([])
  expect([...ana.complaints, ...tablet.complaints]).toEqual([])
})

test('a phone that has an account already is a clear choice for a guest', async ({ person }) => {
  const owner = await person('Olga', 'desktop')
  const phone = newPhone()
  await signUp(owner, phone)

  const guest = await person('Guest')
  await enterAsGuest(guest)
  await guest.page.goto('/sign-in')
  await guest.page.getByLabel('Phone number').fill(phone)
  await guest.page.getByRole('button', { name: 'Send the code' }).click()
  const choice = guest.page.getByRole('alert').filter({ hasText: 'already belongs to an account' })
  await expect(choice).toContainText('stay behind')
  await expectAccessible(guest.page)
  await choice.getByRole('button', { name: 'Sign in to that account' }).click()
  await expect(guest.page.getByLabel('Code', { exact: true })).toBeFocused()
  await guest.page.getByLabel('Code', { exact: true }).fill((await newestMessage(phone, 2)).code)
  await expect(guest.page.getByText('Hello, Olga')).toBeVisible()
})

test('five wrong codes make a code void, and the next one waits for a countdown', async ({ person }) => {
  const { page } = await person('Pia')
  const phone = newPhone()
  await page.goto('/sign-in')
  await page.getByLabel('Phone number').fill(phone)
  await page.getByRole('button', { name: 'Send the code' }).click()
  await expect(page.getByRole('button', { name: /Another code in \d+ s/ })).toBeDisabled()
  const { code } = await newestMessage(phone)
  const wrong = code === '000000' ? '000001' : '000000'
  const field = page.getByLabel('Code', { exact: true })
  for (let i = 0; i < 5; i++) {
    const answered = page.waitForResponse('**/api/auth/codes/check')
    await field.fill('')
    await field.fill(wrong)
    expect((await answered).status()).toBe(400)
  }
  await field.fill('')
  await field.fill(code)
  await expect(page.getByText('Too many wrong tries')).toBeVisible()
})

test('an e-mail brings a link that leads back to where one wanted to go, and nowhere else', async ({
  person,
}) => {
  const bea = await person('Bea', 'desktop')
  const email = newEmail()
  await bea.page.goto('/sign-in?next=/studio')
  await bea.page.getByRole('button', { name: 'E-mail', exact: true }).click()
  await bea.page.getByLabel('E-mail address').fill(email)
  await bea.page.getByRole('button', { name: 'Send the code' }).click()
  await expect(bea.page.getByText(`We sent an e-mail to ${email}`)).toBeVisible()
  const { link } = await newestMessage(email)
  await bea.page.goto(link)
  await bea.page.waitForURL('/studio')

  // The same link, passed on to another browser, signs nobody in.
  const eve = await person('Eve')
  await eve.page.goto(link)
  await expect(eve.page.getByRole('alert').filter({ hasText: 'does not work any more' })).toBeVisible()
  await signUp(eve, newEmail(), '//evil.example')
  expect(new URL(eve.page.url()).pathname).toBe('/')
})

test('a social account signs in, and makes a guest’s account last', { tag: '@social' }, async ({
  person,
}) => {
  const gina = await person('Gina')
  await enterAsGuest(gina)
  const section = await openAccount(gina)
  await section('Ways to sign in').getByRole('button', { name: 'Add Google' }).click()
  const atGoogle = `Gina-${crypto.randomUUID().slice(0, 8)}`
  await signInAtProviderPage(gina.page, atGoogle)
  await gina.page.waitForURL('/account')
  await expect(section('Ways to sign in')).toContainText('linked')

  const again = await person('Gina again', 'desktop')
  await again.page.goto('/sign-in')
  await again.page.getByRole('button', { name: 'Continue with Google' }).click()
  await signInAtProviderPage(again.page, atGoogle)
  await expect(again.page.getByText('Hello, Gina')).toBeVisible()

  const other = await person('Other')
  await enterAsGuest(other)
  const otherSection = await openAccount(other)
  await otherSection('Ways to sign in').getByRole('button', { name: 'Add Google' }).click()
  await signInAtProviderPage(other.page, atGoogle)
  const choice = other.page.getByRole('alert').filter({ hasText: 'already belongs to another account' })
  await expectAccessible(other.page)
  await choice.getByRole('button', { name: 'Continue with Google' }).click()
  await expect(other.page.getByText('Hello, Gina')).toBeVisible()
})

test('a profile has a handle, a cropped picture, words and links, and people follow it', async ({
  person,
}) => {
  const sol = await person('DJ Sol', 'desktop')
  const fan = await person('Fan')
  const handle = `sol_${crypto.randomUUID().slice(0, 6)}`
  await enterAsGuest(sol)
  const profile = (await openAccount(sol))('Profile')
  await profile.getByLabel('Handle').fill('admin')
  await profile.getByRole('button', { name: 'Save' }).click()
  await expect(profile.getByText('That handle is reserved')).toBeVisible()
  await profile.getByLabel('Handle').fill(handle)
  await profile.getByLabel('About you').fill('Vinyl only')
  await profile.getByLabel('Links').fill('javascript:alert(1)')
  await profile.getByRole('button', { name: 'Save' }).click()
  await expect(profile.getByText('begins with https://')).toBeVisible()
  await profile.getByLabel('Links').fill('https://example.com/sol')
  await profile.getByRole('button', { name: 'Save' }).click()
  await expect(profile.getByRole('link', { name: 'See your page' })).toBeVisible()

  await profile.locator('input[type="file"]').setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: solidPng(300, 200),
  })
  const crop = sol.page.getByRole('dialog', { name: 'Crop the picture' })
  await expectAccessible(sol.page)
  await crop.getByRole('button', { name: 'Use it' }).click()
  await expect(profile.getByRole('button', { name: 'Remove the picture' })).toBeVisible()
  // The middle 200 of 300 pixels, with a bar in each 8 of them: cut, not squeezed.
  const bars = await profile.locator('img').evaluate(countBars)
  expect(bars).toBeGreaterThanOrEqual(24)
  expect(bars).toBeLessThanOrEqual(26)

  await fan.page.goto(`/u/${handle.toUpperCase()}`)
  await expect(fan.page.getByRole('heading', { name: 'DJ Sol' })).toBeVisible()
  await expect(fan.page.getByText('Vinyl only')).toBeVisible()
  await expect(fan.page.getByRole('link', { name: 'example.com/sol' })).toHaveAttribute('rel', /nofollow/)
  await expectAccessible(fan.page)
  await fan.page.getByRole('link', { name: 'Sign in to follow' }).click()
  await fan.page.getByLabel('Your name').fill('Fan')
  await fan.page.getByRole('button', { name: 'Enter', exact: true }).click()
  await fan.page.waitForURL(`/u/${handle}`)
  await fan.page.getByRole('button', { name: 'Follow' }).click()
  await expect(fan.page.getByText('1 follower')).toBeVisible()
  const people = (await openAccount(fan))('People')
  await people.getByRole('button', { name: 'Unfollow DJ Sol' }).click()
  await expect(people.getByText('Nobody yet.')).toBeVisible()
})

/** How often a square picture becomes light along its middle, from left to right. */
async function countBars(shown: SVGElement | HTMLElement): Promise<number> {
  const picture = await createImageBitmap(await (await fetch((shown as HTMLImageElement).src)).blob())
  if (picture.width !== picture.height) throw new Error(`${picture.width} by ${picture.height} is no square`)
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
  context?.drawImage(picture, 0, 0)
  const { data = [] } = context?.getImageData(0, picture.height / 2, picture.width, 1) ?? {}
  const isLight = Array.from({ length: picture.width }, (_, x) => (data[4 * x] ?? 0) > 127)
  return isLight.filter((light, x) => light && !isLight[x - 1]).length
}

test('everything can be taken along, and the account deleted', async ({ person }) => {
  const leo = await person('Leo', 'desktop')
  const phone = newPhone()
  await signUp(leo, phone)
  const data = (await openAccount(leo))('Your data')
  const download = leo.page.waitForEvent('download')
  await data.getByRole('link', { name: 'Download everything' }).click()
  expect((await download).suggestedFilename()).toBe('whatssound.zip')

  await data.getByRole('button', { name: 'Delete the account' }).click()
  const dialog = leo.page.getByRole('dialog', { name: 'Delete the account?' })
  const confirm = dialog.getByRole('button', { name: 'Delete for good' })
  await expect(confirm).toBeDisabled()
  await expectAccessible(leo.page)
  await dialog.getByLabel('Type “Leo” to confirm').fill('Leo')
  await confirm.click()
  await leo.page.waitForURL('/')
  await expect(leo.page.getByRole('link', { name: 'Sign in' })).toBeVisible()
  // The same phone is somebody new now.
  await leo.page.goto('/sign-in')
  await leo.page.getByLabel('Phone number').fill(phone)
  await leo.page.getByRole('button', { name: 'Send the code' }).click()
  await leo.page.getByLabel('Code', { exact: true }).fill((await newestMessage(phone, 2)).code)
  await expect(leo.page.getByRole('heading', { name: 'What should people call you?' })).toBeVisible()
})

test('language and time zone are kept in the profile, and a room goes by them', async ({ person }) => {
  const eva = await person('Eva', 'desktop')
  await enterAsGuest(eva)
  const section = await openAccount(eva)
  await section('Language and time').getByLabel('Time zone').selectOption('America/Mexico_City')
  await expect(eva.page.getByText('Saved').first()).toBeVisible()
  await section('Language and time').getByLabel('Language').selectOption('es')
  await expect(eva.page.locator('html')).toHaveAttribute('lang', 'es')
  await eva.page.reload()
  await expect(section('Idioma y hora').getByLabel('Zona horaria')).toHaveValue('America/Mexico_City')

  await eva.page.goto('/studio')
  await eva.page.getByLabel('Nombre de la sesión').fill('Madrugada')
  await eva.page.getByRole('button', { name: 'Abrir la sala' }).click()
  await eva.page.getByRole('textbox', { name: 'Escribe algo' }).fill('¿Qué hora es?')
  await eva.page.keyboard.press('Enter')
  const time = eva.page.getByRole('region', { name: 'Chat de la sesión' }).locator('time')
  const [writtenAt, said] = await time.evaluate(
    ({ dateTime, textContent }: HTMLTimeElement) => [dateTime, textContent] as const,
  )
  const inMexico = { hour: '2-digit', minute: '2-digit', timeZone: 'America/Mexico_City' } as const
  expect(said).toBe(new Date(writtenAt).toLocaleTimeString('es', inMexico))
})

test('what somebody was uploading is nobody’s who comes to the browser after them', async ({ person }) => {
  const marta = await person('Marta', 'desktop')
  const { page } = marta
  const folders = () =>
    page.evaluate(async () => {
      const names: string[] = []
      const root = await navigator.storage.getDirectory()
      for await (const name of (await root.getDirectoryHandle('uploads', { create: true })).keys())
        names.push(name)
      return names
    })
  await enterAsGuest(marta)
  // Storage takes nothing, so that the upload is never through.
  await page.route('**/storage/v1/object/upload/sign/**', () => {})
  await page.goto('/studio')
  await addFiles(marta, [chosen('flac.flac', goodFile('flac.flac'))])
  await expect(uploads(marta)).toHaveCount(1)
  await expect.poll(folders).toHaveLength(1)
  const [martas] = await folders()

  const leave = (await openAccount(marta))('Sign out')
  await leave.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('Nobody is signed in on this device.')).toBeVisible()
  expect(await folders()).toEqual([martas])

  const ben = { ...marta, name: 'Ben' }
  await enterAsGuest(ben)
  await page.goto('/studio')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled()
  await expect.poll(folders).not.toContain(martas)
  await expect(uploads(ben)).toHaveText([])
})

test('nobody is called what would speak for the product', async ({ person }) => {
  const { page } = await person('Impostor')
  await page.goto('/')
  await page.getByLabel('Your name').fill('Soporte WhatsSound')
  await page.getByRole('button', { name: 'Enter', exact: true }).click()
  await expect(page.getByText('That name would speak for WhatsSound.')).toBeVisible()
})
