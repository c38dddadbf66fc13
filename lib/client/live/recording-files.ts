import { originFiles } from '../origin-files.ts'

/** Each recording has a folder of its own: `recordings/<streamId>/name` and `sound`. */
export const recordingFiles = originFiles('recordings')
