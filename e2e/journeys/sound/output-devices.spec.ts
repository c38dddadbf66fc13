import { giveOutputs, headphones, outputsInUse, unplugHeadphones } from '../../fixtures/outputs.ts'
import { expect, test } from '../../fixtures/people.ts'
import { addToQueue, compareSound, expectMusic, hear, join, startSession } from '../../fixtures/session.ts'

test('the sound goes to the headphones, and when they are pulled out it goes on, in time', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const { page } = ana
  await giveOutputs(page)
  const address = await startSession(dj, 'Headphones')
  await addToQueue(dj, ['Patio Lights', 'Slow Tide'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(dj)
  await join(ana, address)
  await hear(ana)
  const panel = page.getByRole('dialog', { name: 'Your sound' })
  const output = panel.getByLabel('Where the sound comes out')
  const inSync = panel.getByText('In sync', { exact: true })

  await test.step('she chooses them, and is in time there', async () => {
    await page.getByRole('button', { name: 'Your sound' }).click()
    await output.selectOption(headphones.label)
    await expect.poll(() => outputsInUse(page)).toEqual([headphones.deviceId])
    await expect(inSync).toBeVisible()
    expect((await compareSound([dj, ana], 6)).p95InMs).toBeLessThan(100)
  })

  await test.step('pulled out, they are no choice any more, and the loudspeaker goes on', async () => {
    await unplugHeadphones(page)
    await expect.poll(() => outputsInUse(page)).toEqual([''])
    await expect(output).toHaveValue('')
    await expect(panel.getByText(/^Your sound may come out of another device now\./)).toBeVisible()
    await expect(output.getByRole('option', { name: headphones.label })).toHaveCount(0)
    await expect(inSync).toBeVisible()
    await expectMusic([ana])
    expect((await compareSound([dj, ana], 6)).p95InMs).toBeLessThan(100)
  })

  for (const { name, complaints } of [dj, ana]) expect(complaints, name).toEqual([])
})
