/** Makes the working copy runnable. */
export function prepare(): Promise<void>;
/** Builds the screens into dist/renderer when a source changed since the last build. */
export function buildRenderer(): Promise<void>;
/** The Node that this release was tested with. */
export function nodeBinary(): string;
/** The folder that holds package.json. */
export const root: string;
