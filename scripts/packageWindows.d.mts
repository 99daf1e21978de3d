export declare function missingForWindows(): string | undefined;
export declare function layOutWindows(stage: string, version: string): void;
