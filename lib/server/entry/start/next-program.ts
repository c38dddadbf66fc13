import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Arguments for Node that run Next's command line and end it when its parent is gone. */
export const nextProgram = [
  '--import',
  pathToFileURL(path.join(import.meta.dirname, 'tie-to-parent.ts')).href,
  path.join('node_modules', 'next', 'dist', 'bin', 'next'),
]
