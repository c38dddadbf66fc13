import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'

/** The variable that names the program, where it is not on the PATH. */
export const ffmpegVariable = 'FFMPEG_PATH'

/** Where ffmpeg is: `FFMPEG_PATH`, and only there where that is set, else the first on the PATH. Null where there is none. */
export function findFfmpeg(env: Readonly<Record<string, string | undefined>>): string | null {
  const named = env[ffmpegVariable]
  if (named) return isProgram(named) ? named : null
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder))
  return folders.map((folder) => path.join(folder, 'ffmpeg')).find(isProgram) ?? null
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
