import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a page asks for by name, and the source it is made from. */
const assets = {
  'client.js': 'src/platform/assets/client.ts',
  'homeward.css': 'src/platform/assets/homeward.scss',
  'paper.css': 'src/platform/assets/paper.scss',
  'favicon.svg': 'src/platform/assets/favicon.svg',
};

/** The SIL Open Font License wants to go where the typeface goes. */
const typefaceLicence = join(root, 'node_modules/@fontsource-variable/atkinson-hyperlegible-next/LICENSE');

/** The shapes of London's boroughs, 15 KB of a package of 42 MB that is there for the build alone (decision 18). */
const boroughShapes = join(root, 'node_modules/vega-datasets/data/londonBoroughs.json');

/**
 * Builds everything that runs: `homeward.js`, the server and the commands as one file, the thread that it starts, `assets/`, the browser's
 * files named for their contents with the manifest that finds them, and `borough-shapes.json`. What was there before is
 * replaced.
 *
 * @param {string} [outdir] where to; `dist` unless told
 * @throws when a source does not compile
 */
export async function build(outdir = join(root, 'dist')) {
  await mkdir(outdir, { recursive: true });
  const shapes = copyFile(boroughShapes, join(outdir, 'borough-shapes.json'));
  await Promise.all([buildProgram(outdir), buildAssets(outdir), shapes]);
}

async function buildProgram(outdir) {
  const entry = join(root, 'src/app/main.ts');
  if (!existsSync(entry)) return;
  await esbuild.build({
    // A thread is started from a file of its own, beside the program.
    entryPoints: {
      homeward: entry,
      'protecting-thread': join(root, 'src/statistics/disclosure/protecting-thread.ts'),
    },
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: true,
    logLevel: 'warning',
  });
}

/**
 * Builds the browser's files alone, into `assets/` of a folder that exists.
 *
 * @param {string} outdir where to
 */
export async function buildAssets(outdir) {
  // Built apart and moved, so that a build that fails or is stopped leaves the last good files.
  const draft = await mkdtemp(join(outdir, 'assets.new-'));
  try {
    const { metafile } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: Object.values(assets),
      outdir: draft,
      entryNames: '[name]-[hash]',
      assetNames: '[name]-[hash]',
      publicPath: '/assets',
      bundle: true,
      minify: true,
      metafile: true,
      format: 'esm',
      target: ['es2022', 'safari16'],
      loader: { '.woff2': 'file', '.svg': 'copy' },
      plugins: [sassFiles],
      logLevel: 'warning',
    });
    const manifest = `${JSON.stringify(manifestOf(metafile), null, 2)}\n`;
    await writeFile(join(draft, 'manifest.json'), manifest);
    await copyFile(typefaceLicence, join(draft, 'atkinson-hyperlegible-next-LICENSE.txt'));
    await chmod(draft, 0o755);
    await rm(join(outdir, 'assets'), { recursive: true, force: true });
    await rename(draft, join(outdir, 'assets'));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The address of every file by its logical name: those of `assets`, and the files that they ask for by their own. */
function manifestOf(metafile) {
  const logicalNames = new Map(Object.entries(assets).map(([name, source]) => [source, name]));
  const entries = Object.entries(metafile.outputs).map(([output, { entryPoint, inputs }]) => {
    const source = entryPoint ?? Object.keys(inputs)[0] ?? output;
    return [logicalNames.get(source) ?? basename(source), `/assets/${basename(output)}`];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Sass for esbuild, which then finds, names and copies the files that the styles ask for. */
const sassFiles = {
  name: 'sass',
  setup(plugins) {
    plugins.onLoad({ filter: /\.scss$/ }, async ({ path }) => {
      const { css, loadedUrls } = await sass.compileAsync(path, {
        loadPaths: [join(root, 'node_modules')],
        quietDeps: true,
      });
      const watchFiles = loadedUrls.filter(({ protocol }) => protocol === 'file:').map(fileURLToPath);
      return { contents: css, loader: 'css', watchFiles };
    });
  },
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now();
  await build();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`Built ${relative(process.cwd(), join(root, 'dist')) || '.'} in ${seconds} s\n`);
}
