import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  base: '/',
  plugins: [react()],
  // Libraries of the workspace are bundled from their sources, so that only what a page uses comes along.
  resolve: { conditions: ['@tenure/source', ...defaultClientConditions] },
  build: {
    outDir: 'dist',
    chunkSizeWarningLimit: 800,
    // Mantine, the router and ECharts change far less often than our pages: apart, they stay in the browser's cache.
    rollupOptions: {
      output: {
        manualChunks: (id: string) => {
          if (/node_modules\/(echarts|zrender)\//.test(id)) return 'echarts';
          if (/node_modules\/(react|react-dom|scheduler|@tanstack|@mantine|@floating-ui)\//.test(id)) return 'vendor';
          return undefined;
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4000' } },
});
