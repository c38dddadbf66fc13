'use client'
import { mediaUrlOf } from './media-url.ts'
import { usePublicConfig } from './public-config.ts'

/** Makes public addresses of paths in the bucket `media`; null stays null. */
export function useMediaUrl(): (path: string | null) => string | null {
  const { supabaseUrl } = usePublicConfig()
  return (path) => (path === null ? null : mediaUrlOf(supabaseUrl, path))
}
