import { join } from 'node:path';
import { inject } from 'vitest';

// What a test file, and whatever it starts, puts among the temporary files lies in the folder of the run and goes with it.
process.env.TMPDIR = inject('runFolder');
// Servers are started, and killed, many times in a run: what the first compiled, the others need not compile again.
process.env.NODE_COMPILE_CACHE = join(inject('runFolder'), 'compiled');
