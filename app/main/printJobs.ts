import type { WebContentsPrintOptions } from 'electron';
import type { PrintJob } from '../preload/bridge.ts';

/**
 * The arguments for CUPS' `lp` (Linux, macOS), which takes the PDF as it is: named printer, named paper, no scaling.
 * `file` is the path of the PDF.
 */
export function lpArguments(job: Omit<PrintJob, 'pdf'>, file: string): string[] {
  const { width, height } = job.paperTenthMm;
  return [
    '-d',
    job.printer,
    '-n',
    String(job.copies),
    '-o',
    `media=Custom.${millimetres(width)}x${millimetres(height)}mm`,
    '-o',
    'print-scaling=none',
    '--',
    file,
  ];
}

/** The same for Electron's own printing (Windows). The page size is always named: without one A4 would be taken. */
export function electronPrintOptions(job: Omit<PrintJob, 'pdf'>): WebContentsPrintOptions {
  const { width, height } = job.paperTenthMm;
  return {
    silent: true,
    deviceName: job.printer,
    copies: job.copies,
    printBackground: true,
    margins: { marginType: 'none' },
    landscape: false,
    scaleFactor: 100,
    // Micrometres.
    pageSize: { width: width * 100, height: height * 100 },
  };
}

const millimetres = (tenthMm: number): string => String(tenthMm / 10);
