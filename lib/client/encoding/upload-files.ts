import { personalFiles } from '../personal-files.ts'

/** Each upload has a folder of its own: `uploads/<userId>/<trackId>/source`, `record.json` and what the encoder made. */
export const uploadFiles = (userId: string) => personalFiles('uploads', userId)
