import type { Request } from '@playwright/test'
import { medianOf } from '#lib/domain/calibration/robust.ts'
import { addFiles, chosen, tracks, uploads } from '../../fixtures/library.ts'
import { noise } from '../../fixtures/noise.ts'
import { expect, type Person, test } from '../../fixtures/people.ts'
import { addToQueue, compareSound, hear, join, startSession } from '../../fixtures/session.ts'
import { wav } from '../../fixtures/wav.ts'
import { energyInDb, offsetsBetween, type Recording, summarise } from '../../listening/offsets.ts'
import { positionsIn } from '../../listening/positions.ts'
import { thinOut } from '../../listening/thin-out.ts'
import { toneLevels } from '../../listening/tone-levels.ts'

/** Noise that says where in the song one is, and a tone that says how much of the song there is. */
const songs = [
  { title: 'Alba', seconds: 60, toneInHz: 220 },
  { title: 'Brisa', seconds: 45, toneInHz: 330 },
].map((song, seed) => ({ ...song, samples: withTone(noise(song.seconds, seed + 1), song.toneInHz) }))
const [alba, brisa] = songs as [(typeof songs)[0], (typeof songs)[0]]
const crossfadeInSeconds = 5

function withTone(samples: Float32Array, toneInHz: number): Float32Array {
  return samples.map((sample, index) => sample + 0.1 * Math.sin((2 * Math.PI * toneInHz * index) / 48_000))
}

/** The energies of all parts of a recording from an instant on, in decibels, the softest first. */
function energiesOf({ samples, sampleRate }: Recording, partInMs: number, fromInMs = 0): number[] {
  const length = (sampleRate * partInMs) / 1_000
  const rest = samples.subarray((sampleRate * fromInMs) / 1_000)
  const parts = Array.from({ length: Math.floor(rest.length / length) }, (_, index) =>
    rest.subarray(index * length, (index + 1) * length),
  )
  return parts.map(energyInDb).sort((a, b) => a - b)
}

/** The renditions that somebody's browser asks for, newest last. Segments never change under their paths. */
function watchRenditions({ page }: Person): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const [, rendition] = /\/(\d+k)\/\d+\.m4s/.exec(request.url()) ?? []
    if (rendition) asked.push(rendition)
  })
  return asked
}

/** A difference within a circle: from minus to plus half of it. */
const around = (difference: number, circle: number) => difference - circle * Math.round(difference / circle)

const isLoopCommand = (request: Request) => request.postData()?.includes('"playback.loop"') ?? false

test('two songs fade into each other, a loop repeats, and a slow network costs quality alone', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const both = [dj, ana]
  const seek = dj.page.getByRole('slider', { name: 'Position in the song' })
  const position = async () => Number(await seek.inputValue())
  const stage = ana.page.getByRole('region', { name: 'Now playing' })
  const address = await startSession(dj, 'Long night')
  await dj.page.goto('/studio')
  await addFiles(
    dj,
    songs.map(({ title, samples }) => chosen(`${title}.wav`, wav({ left: samples, right: samples }))),
  )
  await expect(uploads(dj)).toHaveText([], { timeout: 120_000 })
  await expect(tracks(dj)).toHaveCount(songs.length)

  await dj.page.goto(address)
  await addToQueue(dj, ['Alba', 'Brisa'])
  await dj.page.getByRole('button', { name: 'Crossfade: Off' }).click()
  const crossfade = dj.page.getByRole('slider', { name: 'Crossfade' })
  await crossfade.fill(String(crossfadeInSeconds))
  await crossfade.blur()
  await dj.page.keyboard.press('Escape')
  await expect(dj.page.getByRole('button', { name: 'Crossfade: 5 s' })).toBeVisible()
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  const renditions = watchRenditions(ana)
  await join(ana, address)

  await test.step('in a crossfade both songs sound, and it is never softer than one of them', async () => {
    const endsInMs = alba.seconds * 1_000
    const fromInMs = endsInMs - 13_000
    for (const somebody of both) await hear(somebody)
    await seek.fill(String(fromInMs))
    await expect.poll(position, { timeout: 10_000 }).toBeGreaterThan(fromInMs)
    for (const somebody of both) await hear(somebody)
    const recordings = await Promise.all(both.map(({ ear }) => ear.record(15)))
    for (const [index, recording] of recordings.entries()) {
      const [going, coming] = [alba, brisa].map(({ toneInHz }) => toneLevels(recording, toneInHz)) as [
        number[],
        number[],
      ]
      const alone = medianOf(coming.slice(-10))
      const overlap = going.filter((level, at) => level > 0.4 * alone && (coming[at] ?? 0) > 0.4 * alone)
      // By then the seek is over, which may be heard as a moment of silence. One part in twenty is left to the machine.
      const energies = energiesOf(recording, 200, 4_000)
      const [softest = 0, usual = 0] = [0.05, 0.5].map((part) => energies[Math.floor(part * energies.length)])
      console.log(
        `${both[index]?.name}: both for ${overlap.length / 10} s, softest ${softest.toFixed(1)} dB, usual ${usual.toFixed(1)} dB`,
      )
      // Each has more than 0.4 of the amplitude for half of the time, from 24 to 66 of 90 degrees; a cut has none of it.
      expect(overlap.length / 10).toBeGreaterThan(crossfadeInSeconds * 0.2)
      expect(overlap.length / 10).toBeLessThan(crossfadeInSeconds * 0.6)
      expect(medianOf(going.slice(-10))).toBeLessThan(0.2 * alone)
      expect(softest).toBeGreaterThan(usual - 3)
    }
    const apart = summarise(offsetsBetween(...(recordings as [Recording, Recording])))
    console.log(`through the crossfade: ${JSON.stringify(apart)}`)
    expect(apart.p95InMs).toBeLessThan(100)
    await expect(stage).toContainText('Brisa')
  })

  await test.step('a loop repeats what it holds, and everybody hears it at once', async () => {
    const asked = dj.page.waitForRequest(isLoopCommand)
    await dj.page.getByRole('button', { name: 'Loop in' }).click()
    const fromInMs = await position()
    await expect.poll(position, { timeout: 10_000 }).toBeGreaterThan(fromInMs + 2_500)
    await dj.page.getByRole('button', { name: 'Loop out' }).click()
    const { region } = (await asked).postDataJSON()
    const lengthInMs = region.endInMs - region.startInMs
    await expect(dj.page.getByRole('button', { name: 'Leave the loop' })).toBeVisible()
    // Its end is past before everybody can know: it leads back one length later, in time with itself.
    await expect.poll(position, { timeout: 10_000 }).toBeGreaterThan(region.endInMs)
    await expect.poll(position, { timeout: 10_000 }).toBeLessThan(region.endInMs)
    const recordings = await Promise.all(both.map(({ ear }) => ear.record(10)))
    for (const [index, recording] of recordings.entries()) {
      // The same place of the song comes one length later, and another one: the difference of times is always the same.
      const heard = positionsIn(thinOut(brisa.samples), recording)
      const turns = heard.filter(({ positionInMs }, at) => positionInMs < (heard[at - 1]?.positionInMs ?? 0))
      const phasesInMs = heard.map(({ atInMs, positionInMs }) => (atInMs - positionInMs) % lengthInMs)
      const besideInMs = phasesInMs.map((phase) => around(phase - (phasesInMs[0] ?? 0), lengthInMs))
      console.log(`${both[index]?.name}: ${lengthInMs} ms, heard ${besideInMs.map(Math.round).join(' ')}`)
      expect(heard.length).toBeGreaterThan(20)
      expect(turns.length).toBeGreaterThan(1)
      expect(Math.max(...besideInMs.map(Math.abs))).toBeLessThan(100)
      expect(energiesOf(recording, 200)[0]).toBeGreaterThan(-45)
    }
    expect(summarise(offsetsBetween(...(recordings as [Recording, Recording]))).p95InMs).toBeLessThan(100)
    await dj.page.getByRole('button', { name: 'Leave the loop' }).click()
    await expect(dj.page.getByRole('button', { name: 'Loop in' })).toBeVisible()
  })

  await test.step('on a slow network the sound is smaller and goes on, and better again on a good one', async () => {
    const network = await ana.page.context().newCDPSession(ana.page)
    const setKilobits = (kilobits: number | null) =>
      network.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 20,
        downloadThroughput: kilobits === null ? -1 : kilobits * 125,
        uploadThroughput: -1,
      })
    await network.send('Network.enable')
    const before = renditions.length
    expect(renditions).not.toContain('64k')
    await setKilobits(110)
    await addToQueue(dj, ['Slow Tide'])
    await dj.page.getByRole('button', { name: 'Next song' }).click()
    await expect(stage).toContainText('Slow Tide')
    await expect.poll(() => renditions.slice(before), { timeout: 30_000 }).toContain('64k')
    await hear(ana)
    expect((await compareSound(both, 5)).p95InMs).toBeLessThan(100)
    // Until something is loaded ahead, a network that became slow at this moment may interrupt. Then no more.
    await ana.page.getByRole('button', { name: 'Your sound' }).click()
    const figures = ana.page.getByTestId('sound-figures')
    const figure = async (name: string) =>
      Number(new RegExp(`${name}\\s*(\\d+)`).exec((await figures.textContent()) ?? '')?.[1])
    await expect.poll(() => figure('Loaded'), { timeout: 30_000 }).toBeGreaterThan(8)
    const interruptions = await figure('Interruptions')

    await setKilobits(null)
    const slow = renditions.length
    const better = () => renditions.slice(slow).filter((name) => name !== '64k').length
    await expect.poll(better, { timeout: 30_000 }).toBeGreaterThan(1)
    expect((await compareSound(both, 5)).p95InMs).toBeLessThan(100)
    expect(await figure('Interruptions')).toBe(interruptions)

    // Of the song before, all may have been loaded when the best became possible.
    await ana.page.keyboard.press('Escape')
    await addToQueue(dj, ['Patio Lights'])
    await dj.page.getByRole('button', { name: 'Next song' }).click()
    await expect(stage).toContainText('Patio Lights')
    await expect.poll(() => renditions.slice(slow), { timeout: 30_000 }).toContain('256k')
    console.log(`asked for: ${renditions.slice(before).join(' ')}`)
    for (const somebody of both) await hear(somebody)
    expect((await compareSound(both, 5)).p95InMs).toBeLessThan(100)
  })
  for (const { name, complaints } of both) expect(complaints, name).toEqual([])
})
