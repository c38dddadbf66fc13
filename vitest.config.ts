import { defineConfig } from 'vitest/config'

/** Vitest leaves one processor free by itself; of two that is half. */
const maxWorkers = '100%'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,bench,components,lib,e2e}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.product.test.ts'],
          maxWorkers,
          // Against hanging, not for speed: a machine that does other work too may take its time.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
          // Made for bundlers: its modules name each other without extensions, which Node does not take.
          server: { deps: { inline: [/web-audio-beat-detector-worker/] } },
        },
      },
      {
        test: {
          name: 'stack',
          maxWorkers,
          include: ['supabase/local/**/*.test.ts'],
          globalSetup: ['supabase/local/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'product',
          maxWorkers,
          include: ['{lib,e2e}/**/*.product.test.ts'],
          globalSetup: ['lib/testing/product-stack.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'functions',
          maxWorkers,
          include: ['supabase/functions/**/*.test.ts'],
          // A Supabase of their own: push-dispatch sends whatever is due, to whomever.
          globalSetup: ['lib/testing/product-stack.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'sql',
          include: ['supabase/tests/**/*.test.ts'],
          globalSetup: ['supabase/tests/database.ts'],
          // One database for all: what the worker does there, it does to every session in it.
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
