export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly mayFail?: boolean;
}
export declare function settingsWith(text: string | null, port: number | undefined): string;
export declare function addressIn(text: string): { port: number; url: string };
export declare function installing(of: { program: string; home: string; port: number; isKnown: boolean }): Command[];
export declare function uninstalling(of: { program: string }): Command[];
