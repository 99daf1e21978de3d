/** Builds the desktop shell when a source changed; gives whether anything was built. */
export function buildDesktop(options?: { force?: boolean; folder?: string }): Promise<boolean>;

/** Path of the Electron of this working copy, or undefined where there is none. */
export function electronBinary(): string | undefined;
