declare module 'pino-roll' {
  import type { DestinationStream } from 'pino';
  /** Opens a log that starts a new file by day and size and keeps only so many. */
  export default function build(options: {
    file: string;
    frequency?: 'daily' | 'hourly' | number;
    extension?: string;
    size?: string;
    limit?: { count: number; removeOtherLogFiles?: boolean };
    mkdir?: boolean;
    sync?: boolean;
  }): Promise<DestinationStream>;
}
