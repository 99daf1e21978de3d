import type { UiWords } from '../words.ts';

export const problems: UiWords['problems'] = {
  connectionLost: 'The server cannot be reached. What you typed is still here; please try again when the connection is back.',
  signedOut: 'Your session has ended. Please sign in again.',
  forbidden: 'You may not do this, or it does not exist.',
  notFound: 'Not found. It may have been deleted, or you may not see it.',
  stale: 'Somebody has just changed this record. Please look at the latest version before saving.',
  tooLarge: 'This is too large; the server did not take it.',
  tooMany: 'Too many requests. Please wait a moment.',
  fault: 'The server had a fault; this was not done.',
  refused: 'This was not accepted (code {{code}}).',
  incident: 'Incident {{incident}}',
  copyReport: 'Copy error details',
  wordsMissing: 'is not acceptable',
  screenFailed: 'This page has failed',
  screenFailedHelp: 'Other pages are not affected. Please try again; if it fails once more, give the error details to your administrator.',
};
