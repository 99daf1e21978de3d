import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Safety } from './safety.ts';

const lengthMax = 128;
const hashesAtOnceMax = 8;

// OWASP's second recommended setting for argon2id (the library's default variant): 19 MiB, two passes, one lane.
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash that no password fits, for people who do not exist: the answer takes as long and reads the same. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$VHJhZGVwb3N0Tm9ib2R5IQ$q0bJ1m4xkV2uO8sT7cYhG5nR3wEaZpLfD6iXyUvMtBk';

/** The argon2id hash of a password in PHC form. At most 8 run at once; others wait their turn. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), strength));
}

/** Whether the password fits the hash; with no hash, false after the same work. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const fits = await inTurn(() => verify(stored ?? nobodysHash, password.normalize('NFC')));
  return stored !== null && fits;
}

/** Whether the hash was made with less memory or fewer passes than today's. */
export function needsRehash(stored: string): boolean {
  const [, memory = 0, passes = 0] = (/\$argon2id\$v=\d+\$m=(\d+),t=(\d+),/.exec(stored) ?? []).map(Number);
  return memory < strength.memoryCost || passes < strength.timeCost;
}

/**
 * Refuses 'password.tooShort' {min} and 'password.tooLong' {max} in characters, 'password.common' for passwords that everybody
 * tries first: well-known ones, rows of keys, and the words given (names of the company and the person) with little around
 * them; and 'password.forbiddenWord' {word} for one that contains what the company does not want in passwords.
 */
export function refuseWeakPassword(password: string, words: readonly string[], rule: PasswordRule = standard): void {
  const characters = [...password.normalize('NFC')];
  if (characters.length < rule.passwordLength) throw new Refusal('password.tooShort', { min: rule.passwordLength });
  if (characters.length > lengthMax) throw new Refusal('password.tooLong', { max: lengthMax });
  const folded = password.normalize('NFKC').toLowerCase();
  const core = folded.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, '');
  const known = [...commonWords, ...words.map((word) => word.normalize('NFKC').toLowerCase().trim())];
  if (new Set(folded).size < 4 || isRun(folded) || isRun(core) || known.includes(core) || commonPasswords.includes(folded)) {
    throw new Refusal('password.common');
  }
  const word = rule.passwordWords.find((one) => folded.includes(one));
  if (word !== undefined) throw new Refusal('password.forbiddenWord', { word });
}

type PasswordRule = Pick<Safety, 'passwordLength' | 'passwordWords'>;

/** What counts until a company has said more. */
const standard: PasswordRule = { passwordLength: 8, passwordWords: [] };

const commonWords = [
  'password',
  'passwort',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'admin',
  'administrator',
  'root',
  'user',
  'guest',
  'test',
  'demo',
  'welcome',
  'letmein',
  'iloveyou',
  'woaini',
  'wodemima',
  'mima',
  'mimamima',
  'dragon',
  'monkey',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'master',
  'superman',
  'secret',
  'changeme',
  'login',
  'abc',
  'abcabc',
  'aa',
  'qq',
  'qwer',
  'asdf',
  'tradepost',
  '商驿',
  '密码',
  '密碼',
  '管理员',
  '管理員',
  '我爱你',
  '我愛你',
];
const commonPasswords = [
  '1q2w3e4r',
  '1q2w3e4r5t',
  '1qaz2wsx',
  '1qaz2wsx3edc',
  'qazwsxedc',
  'q1w2e3r4',
  'a1b2c3d4',
  'zaq12wsx',
  '5201314520',
  '1314520520',
  '147258369',
  '159357456',
  '112233445566',
];
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb'];

/** A stretch of the alphabet, of the digits or of a row of keys, either way round. */
function isRun(text: string): boolean {
  if (text.length < 4) return false;
  const backwards = [...text].reverse().join('');
  return rows.some((row) => row.includes(text) || row.includes(backwards));
}

let running = 0;
const waiting: (() => void)[] = [];

/** Each hash takes 19 MiB and a core; a storm of sign-ins must not take the whole machine. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= hashesAtOnceMax) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // The place is handed on, so that nobody who comes just now slips in before those who wait.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
