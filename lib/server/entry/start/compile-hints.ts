import { glob, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What is larger is a library of which a page calls little: the encoder, the shop. */
const chunkMaxBytes = 400_000
const hint = '//# allFunctionsCalledOnLoad\n'

/**
 * Asks browsers to compile the functions of a page's scripts with the scripts, in a thread of their own. Otherwise each is
 * compiled when it is first called, which is nearly all of them while the page comes to life, and where everything else
 * waits. Browsers that know nothing of it read a comment (v8.dev/blog/explicit-compile-hints).
 */
export async function hintAtCompiling(folder: string): Promise<void> {
  for await (const name of glob('**/*.js', { cwd: folder })) {
    const file = path.join(folder, name)
    if ((await stat(file)).size > chunkMaxBytes) continue
    const script = await readFile(file, 'utf8')
    if (!script.startsWith(hint)) await writeFile(file, hint + script)
  }
}
