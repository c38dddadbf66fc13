import { originFiles } from '../origin-files.ts'

/** Each upload has a folder of its own: `uploads/<trackId>/source`, `record.json` and what the encoder made. */
const files = originFiles('uploads')

export const readUploadFile = files.read
export const writeUploadFile = files.write
export const removeUpload = files.remove
/** The ids of all uploads that wait here. */
export const listUploads = files.list
