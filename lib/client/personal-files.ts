import { lockInBrowser } from './lock-in-browser.ts'
import { originFiles } from './origin-files.ts'

/** What this browser keeps in its file store for one person alone: `<root>/<userId>/<id>/…`. */
const personalRoots = ['uploads', 'recordings'] as const
type PersonalRoot = (typeof personalRoots)[number]

export const personalFiles = (root: PersonalRoot, userId: string) => originFiles(`${root}/${userId}`)

/** The Web Lock under which a tab works on one of these things. */
export const fileLock = (root: PersonalRoot, id: string) => `${root}:${id}`

/**
 * Removes what everybody else left, except what another tab is at. To be called once somebody is here: a recording cannot
 * be made a second time, so while nobody is, it waits for its person.
 */
export async function forgetFilesOfOthers(userId: string): Promise<void> {
  for (const root of personalRoots) {
    const people = originFiles(root)
    for (const other of await people.list()) {
      if (other === userId) continue
      const files = originFiles(`${root}/${other}`)
      const gone = (await files.list()).map((id) => lockInBrowser(fileLock(root, id), () => files.remove(id)))
      if ((await Promise.all(gone)).every(Boolean)) await people.remove(other)
    }
  }
}

/** Removes what a person left, who does not come back. */
export async function forgetFilesOf(userId: string): Promise<void> {
  await Promise.all(personalRoots.map((root) => originFiles(root).remove(userId)))
}
