import type { UiWords } from '../words.ts';

export const safety: UiWords['safety'] = {
  program: 'Program',
  minutes: 'Minutes',
  endedBy: 'By',
  lasted: 'How long',
  now: 'signed in',
  anyResult: 'All results',
  addressHint: 'Address or its beginning',
  everyDay: 'Any day',
  exportExcel: 'Export to Excel',
  hours: '{{hours}} h {{minutes}} min',
  minutesOnly: '{{minutes}} min',
  by: '{{how}} ({{who}})',
  online: '{{count}} signed in',
  title: 'Sign-in security',
  lockRules: 'Lock and picture',
  passwordRules: 'Passwords',
  lockHelp:
    'Wrong passwords make everybody wait, longer each time. To be stricter, lock the account after so many in a row; from the server’s own machine it can still be used.',
  passwordHelp:
    'For passwords set from now on; present ones stay. The names of the company and the user and common passwords are never accepted.',
  lockedTitle: 'Accounts that cannot sign in',
  lockedLine: '{{name}} ({{login}}): wrong {{count}} times, cannot sign in before {{until}}',
  unlock: 'Unlock',
  unlocked: '{{name}} can sign in again',
  captcha: 'Characters in the picture',
  captchaMissing: 'Enter the characters in the picture',
  captchaNew: 'Another picture',
};
