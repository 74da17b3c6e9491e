import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What others may ask of whoever runs or passes on Landed, and where its parts come from. Reads what lies here; asks nobody. */

/** Licences that ask for no more than being named, each with why it is here at all. */
const allowed: Record<string, string> = {
  MIT: 'as ours',
  'MIT-0': 'as MIT, without even the naming',
  ISC: 'as MIT',
  '0BSD': 'as MIT, without even the naming',
  'BSD-2-Clause': 'as MIT',
  'BSD-3-Clause': 'as MIT',
  'Apache-2.0': 'as MIT, with a word on patents',
  'BlueOak-1.0.0': 'as MIT, in plain words',
  Unlicense: 'given to everybody',
  'CC0-1.0': 'given to everybody',
  Zlib: 'as MIT',
  'OFL-1.1': 'fonts: may be passed on with programs, only not be sold alone',
}

/** What asks for more, and why it may here: only its own files stay under it, and we change none of them. */
const exceptions: Record<string, string> = {
  lightningcss: 'MPL-2.0: builds the styles, and is not in what is built',
  'web-push': 'MPL-2.0: used as it is',
  'axe-core': 'MPL-2.0: judges pages in tests',
  '@axe-core/playwright': 'MPL-2.0: judges pages in tests',
}

type Package = { version?: string; license?: string; resolved?: string; integrity?: string; link?: true; optional?: true }

const root = new URL('..', import.meta.url)
const read = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))
const packages = Object.entries((read('package-lock.json') as { packages: Record<string, Package> }).packages).filter(
  ([path]) => path !== '',
)
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** "(MIT OR CC0-1.0)": one of them is enough. "MIT AND OFL-1.1": all are needed. */
const isAllowed = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((all) => all.split(' AND ').every((one) => one.trim() in allowed))

// The binaries for other platforms are named after what they belong to.
const isException = (name: string) => Object.keys(exceptions).some((one) => name === one || name.startsWith(`${one}-`))

test('every package says under which licence it is, and it is one that asks for no more than its name', () => {
  expect(packages.length).toBeGreaterThan(300)
  let looked = 0
  const refused = packages.flatMap(([path, { license }]) => {
    // What lies here counts; of what is for another platform there is only the lock file's word.
    const file = `${path}/package.json`
    const isHere = existsSync(new URL(file, root))
    if (isHere) looked++
    const said = isHere ? (read(file) as { license?: unknown }).license : license
    const licence = typeof said === 'string' ? said : (license ?? 'none')
    return isAllowed(licence) || isException(nameOf(path)) ? [] : [`${nameOf(path)}: ${licence}`]
  })
  expect(refused).toEqual([])
  expect(looked).toBeGreaterThan(200)
})

test('no exception is left that nothing needs', () => {
  const names = packages.map(([path]) => nameOf(path))
  expect(Object.keys(exceptions).filter((name) => !names.includes(name))).toEqual([])
})

test('every package comes from npm itself, as it was when it was chosen', () => {
  // Without an address it is npm's.
  const foreign = packages.filter(
    ([, { resolved, integrity, link }]) => link || (resolved && !resolved.startsWith('https://registry.npmjs.org/')) || !integrity,
  )
  expect(foreign.map(([path]) => path)).toEqual([])
})

test('every dependency of ours is one exact version, and may run nothing when installed unless it is listed', () => {
  const { dependencies, devDependencies, optionalDependencies, allowScripts } = read('package.json') as Record<
    string,
    Record<string, string>
  >
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  const running = packages.filter(([, one]) => 'hasInstallScript' in one).map(([path]) => nameOf(path))
  expect(running.filter((name) => !(name in (allowScripts ?? {})))).toEqual([])
})
