const { readdirSync } = require('node:fs');

const otherFloors = ['app', 'reporting', 'statistics', 'people', 'organisations', 'reference', 'platform'];
/** Every other folder of `src` is a capability: a new one cannot be forgotten here. */
const capabilities = readdirSync(`${__dirname}/src`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !otherFloors.includes(entry.name))
  .map((entry) => entry.name)
  .join('|');

/** The floors of docs/architecture.md, as rules a machine checks. @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'platform-knows-nothing-of-the-domain',
      severity: 'error',
      from: { path: '^src/(platform|reference)/' },
      to: { path: '^src/', pathNot: '^src/(platform|reference)/' },
    },
    {
      name: 'reference-does-no-io',
      severity: 'error',
      from: { path: '^src/reference/', pathNot: '\\.test\\.tsx?$' },
      to: { pathNot: ['^src/reference/', '^node_modules/zod/'] },
    },
    {
      name: 'people-and-organisations-stand-on-floor-0',
      severity: 'error',
      from: { path: '^src/(people|organisations)/' },
      to: { path: '^src/', pathNot: '^src/(platform|reference|people|organisations)/' },
    },
    {
      name: 'capabilities-do-not-reach-up',
      severity: 'error',
      from: { path: `^src/(${capabilities})/` },
      to: { path: '^src/(app|reporting|statistics)/' },
    },
    {
      name: 'a-capability-shows-only-its-index',
      severity: 'error',
      from: { path: `^src/(${capabilities}|people|organisations|reporting|app)/` },
      to: {
        path: `^src/(${capabilities}|people|organisations)/`,
        pathNot: [`^src/(${capabilities}|people|organisations)/index\\.ts$`, '^src/$1/'],
      },
    },
    {
      name: 'statistics-reads-views-only',
      severity: 'error',
      from: { path: '^src/statistics/' },
      to: { path: '^src/', pathNot: '^src/(platform|reference|statistics)/' },
    },
    {
      name: 'nothing-ships-a-test-tool',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-src-imports-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
