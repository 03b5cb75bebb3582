// Bundles src into dist: hashed names, a gzip copy beside each file, and manifest.json from source to hashed name.
import { build } from 'esbuild'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const web = import.meta.dirname
const dist = join(web, 'dist')

for (const name of await readdir(dist)) {
  if (name !== '.gitkeep') await rm(join(dist, name), { recursive: true })
}

const common = {
  absWorkingDir: web,
  outdir: dist,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  target: ['chrome109', 'firefox115', 'safari16.4'], // Chrome 109 is the last one on Windows 7
  loader: { '.svg': 'copy' },
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
}
const page = await build({ ...common, entryPoints: ['src/app.js', 'src/app.css', 'src/icon.svg'],
  format: 'esm', splitting: true }) // grid, chart and the chart library are fetched only by pages that use them
const worker = await build({ ...common, entryPoints: ['src/field-worker.js'],
  format: 'iife' }) // Firefox 115 knows no module there

const manifest = {}
for (const [path, output] of Object.entries({ ...page.metafile.outputs, ...worker.metafile.outputs })) {
  const name = basename(path)
  manifest[output.entryPoint ? basename(output.entryPoint) : name] = name
  await writeFile(join(dist, name + '.gz'), gzipSync(await readFile(join(dist, name)), { level: 9 }))
}
await writeFile(join(dist, 'manifest.json'), JSON.stringify(manifest, null, 1) + '\n')
