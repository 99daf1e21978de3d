/** How much of a stranger's file we are willing to look at. Everything has an end. */
export interface WorkbookLimits {
  entriesMax: number;
  /** All parts together after inflating. */
  inflatedBytesMax: number;
  /** One part after inflating. */
  entryBytesMax: number;
  /** Inflated bytes for each compressed one, for parts of more than 10 MB. */
  ratioMax: number;
  /** Rows with something in them. */
  rowsMax: number;
  columnsMax: number;
  cellCharactersMax: number;
  /** The memory of the thread that parses. */
  heapMegabytesMax: number;
}

const MEGABYTE = 1024 * 1024;

export const workbookLimits: WorkbookLimits = {
  entriesMax: 1000,
  inflatedBytesMax: 200 * MEGABYTE,
  entryBytesMax: 150 * MEGABYTE,
  ratioMax: 200,
  rowsMax: 200_000,
  columnsMax: 256,
  // Excel's own limit for one cell.
  cellCharactersMax: 32_767,
  heapMegabytesMax: 300,
};

/** Small parts repeat themselves harmlessly; a bomb needs size. */
export const RATIO_COUNTS_FROM_BYTES = 10 * MEGABYTE;
