import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,charts,client,server,testing,web}/**/*.test.ts'],
    exclude: ['testing/end-to-end/**'],
    globalSetup: 'testing/global-setup.ts',
    // Two cores: a worker each; every file has a database of its own.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
