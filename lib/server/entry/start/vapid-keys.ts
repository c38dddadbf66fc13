import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import webPush from 'web-push'
import { z } from 'zod'

const keysFile = z.object({ publicKey: z.string(), privateKey: z.string() })

/**
 * What push services know this installation by, made at its first start and kept in `<dataDir>/vapid.json`, so that a
 * newcomer can try notifications; as the variables that the parts read. Browsers that subscribed are lost with the file.
 */
export async function loadVapidKeys(dataDir: string): Promise<Record<string, string>> {
  const file = path.join(dataDir, 'vapid.json')
  if (!existsSync(file)) {
    const unfinished = `${file}.unfinished`
    await writeFile(unfinished, JSON.stringify(webPush.generateVAPIDKeys(), null, 2), { mode: 0o600 })
    await rename(unfinished, file)
  }
  const { publicKey, privateKey } = keysFile.parse(JSON.parse(await readFile(file, 'utf8')))
  return {
    VAPID_PUBLIC_KEY: publicKey,
    VAPID_PRIVATE_KEY: privateKey,
    VAPID_SUBJECT: 'https://whatssound.example',
  }
}
