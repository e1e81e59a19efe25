import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../platform/package-root.ts';
import { measuresDocument } from './measures-document.ts';

// Writes docs/measures.md from the measures.
await writeFile(join(packageRoot, 'docs', 'measures.md'), measuresDocument());
