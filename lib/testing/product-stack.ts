import type { TestProject } from 'vitest/node'
import type { StackAddresses } from '../../supabase/local/stack.ts'
import { startStack } from '../../supabase/local/testing/start-stack.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Supabase with this product's schema, shared by all test files of the project `product`. */
    supabase: StackAddresses
  }
}

/** One Supabase for all tests of our own code against the real thing; each makes its own people and sessions. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...addresses } = await startStack({ migrationsDir: 'supabase/migrations' })
  project.provide('supabase', addresses)
  return stop
}
