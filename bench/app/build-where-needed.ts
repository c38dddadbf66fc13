import { build, isBuilt } from '#lib/server/entry/start/build.ts'

/** The app is measured as it is built for production. */
export async function buildWhereNeeded(say: (text: string) => void): Promise<void> {
  if (await isBuilt()) return
  say('building the app ...')
  await build(say)
}
