'use client'
import { createContext, useContext } from 'react'
import type { PublicConfig } from '#lib/protocol/public-config.ts'

export const PublicConfigContext = createContext<PublicConfig | null>(null)

/** The installation's public facts, which the server put into the page. */
export function usePublicConfig(): PublicConfig {
  const config = useContext(PublicConfigContext)
  if (!config) throw new Error('usePublicConfig needs a PublicConfigProvider above it')
  return config
}
