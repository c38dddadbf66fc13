import type { Log } from '../log.ts'
import type { MediaStorage } from '../media/media-storage.ts'
import type { WorkerDatabase } from './worker-database.ts'

type Deps = { database: WorkerDatabase; storage: MediaStorage; log: Log; signal: AbortSignal }

export async function addStarterTracks(_: Deps): Promise<void> {}
