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

const { metafile } = await build({
  absWorkingDir: web,
  entryPoints: ['src/app.js', 'src/app.css', 'src/icon.svg'],
  outdir: dist,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true, // grid, chart and the chart library are fetched only by pages that use them
  format: 'esm',
  minify: true,
  target: ['chrome109', 'firefox115', 'safari16.4'], // Chrome 109 is the last one on Windows 7
  loader: { '.svg': 'copy' },
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
})

const manifest = {}
for (const [path, output] of Object.entries(metafile.outputs)) {
  const name = basename(path)
  manifest[output.entryPoint ? basename(output.entryPoint) : name] = name
  await writeFile(join(dist, name + '.gz'), gzipSync(await readFile(join(dist, name)), { level: 9 }))
}
await writeFile(join(dist, 'manifest.json'), JSON.stringify(manifest, null, 1) + '\n')
