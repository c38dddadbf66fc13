'use client'
import type { ReactNode } from 'react'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import { PublicConfigContext } from './public-config.ts'

export function PublicConfigProvider({ config, children }: { config: PublicConfig; children: ReactNode }) {
  return <PublicConfigContext value={config}>{children}</PublicConfigContext>
}
