import {
  goodFile,
  type HostileFile,
  hostileTags,
  hugeArtwork,
  misnamedFile,
  refusedFiles,
  scriptedArtwork,
} from '../../fixtures/hostile-audio.ts'
import { addFiles, chosen, refusalText, tracks, uploads } from '../../fixtures/library.ts'
import { expect, test } from '../../fixtures/people.ts'
import { startSession } from '../../fixtures/session.ts'

const asChosen = ({ name, content }: HostileFile) => chosen(name, content)

test('each hostile file gets its answer, and the next good file works', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  await startSession(dj, 'Trouble')
  await dj.page.goto('/studio')
  const hostile = refusedFiles.map(({ code, make }) => ({ code, file: make() }))
  await addFiles(dj, [...hostile.map(({ file }) => asChosen(file)), chosen('good.mp3', goodFile('mp3.mp3'))])
  for (const { code, file } of hostile) {
    const row = uploads(dj).filter({
      has: dj.page.getByRole('button', { name: `Clear ${file.name} from the list` }),
    })
    await expect(row.getByRole('alert'), file.name).toHaveText(refusalText(code), { timeout: 90_000 })
  }
  await expect(tracks(dj)).toHaveCount(1, { timeout: 60_000 })
})

test('hostile tags and pictures do no harm to a file that is good', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const dialogs: string[] = []
  dj.page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await startSession(dj, 'Trouble')
  await dj.page.goto('/studio')
  const files = [hostileTags(), hugeArtwork(), scriptedArtwork(), misnamedFile()]
  await addFiles(dj, files.map(asChosen))
  await expect(tracks(dj)).toHaveCount(files.length, { timeout: 100_000 })
  const shown = await tracks(dj).allInnerTexts()
  expect(shown.join('\n')).toContain('<img src=x onerror=alert(1)>')
  expect(shown.join('\n')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  expect(dialogs).toEqual([])
})
