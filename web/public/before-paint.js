// Runs before the first paint, so that a dark page never flashes white. Mantine reads the same key later.
;(() => {
  let scheme = null
  try {
    scheme = localStorage.getItem('mantine-color-scheme-value')
  } catch {
    // Storage may be forbidden; the system's scheme then holds.
  }
  if (scheme !== 'light' && scheme !== 'dark') scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
  // zod would try `new Function`, which the content security policy refuses and reports.
  globalThis.__zod_globalConfig = { jitless: true }
})()
