import { personalFiles } from '../personal-files.ts'

/** Each recording has a folder of its own: `recordings/<userId>/<streamId>/name` and `sound`. */
export const recordingFiles = (userId: string) => personalFiles('recordings', userId)
