import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from './load.js';
import { startServer } from './postgres.js';
import { startProduct, type Product } from './product.js';
import { benchSecret, seedBoard } from './seed-board.js';
import { skipped, type Bench, type BenchLine } from './report.js';
