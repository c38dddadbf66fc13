import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { wav } from '../../../e2e/fixtures/wav.ts'
import type { Somebody } from '../stage/somebody.ts'
import { untilSeen } from '../stage/until-seen.ts'
import type { Sound } from './make-sound.ts'

const publishedWithinInMs = 240_000

/** Publishes sounds as a DJ does: files chosen in the studio, encoded in her browser, uploaded, verified. */
export async function publish({ page }: Somebody, sounds: readonly Sound[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whatssound-sounds-'))
  try {
    const files = sounds.map(({ title }) => path.join(folder, `${title}.wav`))
    for (const [index, { samples }] of sounds.entries())
      await writeFile(files[index] ?? '', wav({ left: samples, right: samples }))
    await page.goto('/studio')
    await untilSeen(page.locator('button:enabled', { hasText: 'Choose files' }))
    await page.locator('input[type="file"][multiple]').setInputFiles(files)
    const tracks = page.getByRole('region', { name: 'Your tracks' }).getByRole('listitem')
    for (const { title } of sounds) await untilSeen(tracks.filter({ hasText: title }), publishedWithinInMs)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
