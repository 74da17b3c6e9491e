import react from '@vitejs/plugin-react'
import mantine from 'postcss-preset-mantine'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:3000'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  css: { postcss: { plugins: [mantine()] } },
  server: {
    port: 5173,
    proxy: { '/api': server, '/ws': { target: server, ws: true }, '/docs': server, '/openapi.json': server, '/health': server },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // A data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'contract', test: /node_modules\/zod\/|\/(contract|client)\/[\w-]+\.ts$/ },
            { name: 'tanstack', test: /node_modules\/@tanstack\/(react-)?(router|query|history|store)/ },
            { name: 'dates', test: /node_modules\/(@mantine\/dates|dayjs)\// },
            {
              name: 'mantine',
              test: /node_modules\/(@mantine\/(core|hooks|notifications|store)|@floating-ui|react-textarea-autosize|react-number-format|react-remove-scroll)/,
            },
          ],
        },
      },
    },
  },
})
