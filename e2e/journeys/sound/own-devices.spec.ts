import type { Person } from '../../fixtures/people.ts'
import { expect, test } from '../../fixtures/people.ts'
import {
  addToQueue,
  compareSound,
  expectMusic,
  expectSilence,
  hear,
  join,
  startSession,
} from '../../fixtures/session.ts'
import { energyInDb, indexOf, type Recording, timeOf } from '../../listening/offsets.ts'

const notice = ({ page }: Person, text: RegExp) => page.getByText(text).filter({ visible: true })
const moveHere = ({ page }: Person) => page.getByRole('button', { name: 'Listen here instead' })

/** A gap is shorter than a beat: energies are taken over so much. */
const partInMs = 100

/** How loud the louder one of two recordings is in each part that both have, in decibels below full scale. */
function louderOf(first: Recording, second: Recording): number[] {
  const fromInMs = Math.max(timeOf(first, 0), timeOf(second, 0))
  const untilInMs = Math.min(...[first, second].map((each) => timeOf(each, each.samples.length - 1)))
  const levelAt = (recording: Recording, atInMs: number) =>
    energyInDb(recording.samples.subarray(indexOf(recording, atInMs), indexOf(recording, atInMs + partInMs)))
  const levels: number[] = []
  for (let atInMs = fromInMs; atInMs + partInMs <= untilInMs; atInMs += partInMs)
    levels.push(Math.max(levelAt(first, atInMs), levelAt(second, atInMs)))
  return levels
}

/** Takes the music along to a device, and hears both of them meanwhile. */
async function moveWithoutGap(from: Person, to: Person): Promise<void> {
  const recordings = Promise.all([from.ear.record(12), to.ear.record(12)])
  await moveHere(to).click()
  await expect(notice(from, /^Your music has moved to \S.* on Linux\.$/)).toBeVisible()
  const levels = louderOf(...(await recordings))
  console.log(`to ${to.name}: softest ${Math.min(...levels).toFixed(1)} dB of ${levels.length} parts`)
  expect(levels.length).toBeGreaterThan(80)
  expect(Math.min(...levels)).toBeGreaterThan(-50)
  await expectSilence([from])
  await expectMusic([to])
}

test('somebody takes the music along from one device to another, without a gap', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const phone = await person('Ana')
  const address = await startSession(dj, 'Balcony')
  await addToQueue(dj, ['Patio Lights', 'Neon Kiosk'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(dj)
  await join(phone, address)
  await hear(phone)

  const laptop = await phone.another('desktop')
  await laptop.page.goto(address)
  await hear(laptop)
  await test.step('both sound, in time, until they are told otherwise', async () => {
    await expect(notice(laptop, /^You are also listening on \S.* on Linux\.$/)).toBeVisible()
    await expect(notice(phone, /^You are also listening on/)).toBeVisible()
    expect((await compareSound([phone, laptop], 6)).p95InMs).toBeLessThan(100)
    await expect(moveHere(dj)).toHaveCount(0)
  })

  await test.step('the phone plays on until the laptop is in sync, and says where the music went', async () => {
    await laptop.page.getByRole('button', { name: 'Mute for me' }).click()
    await expect(notice(laptop, /^You are listening on/)).toBeVisible()
    await expectSilence([laptop])
    await moveWithoutGap(phone, laptop)
    await expect(moveHere(laptop)).toHaveCount(0)
  })

  await test.step('and back', async () => {
    await moveWithoutGap(laptop, phone)
  })

  await test.step('who leaves is no device any more', async () => {
    await laptop.page.getByRole('button', { name: 'Unmute' }).click()
    await expect(notice(phone, /^You are also listening on/)).toBeVisible()
    await laptop.page.close()
    await expect(moveHere(phone)).toHaveCount(0)
  })
  for (const { complaints } of [dj, phone, laptop]) expect(complaints).toEqual([])
})
