import type { TestProject } from 'vitest/node'
import type { StackAddresses } from '../stack.ts'
import { startStack } from './start-stack.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The stack that all test files of the project share; `inject('stack')`. */
    stack: StackAddresses
  }
}

/** One stack for all test files: they keep apart by the people and rows that they make. */
export default async function setup(project: TestProject) {
  const { stop, ...addresses } = await startStack()
  project.provide('stack', addresses)
  return stop
}
