import { randomInt } from 'node:crypto';

/**
 * Each sign as strokes over a grid of five by seven points: `xy` pairs, a blank between points and a bar between strokes. Signs that
 * are easily taken for another (0 O, 1 I, 5 S, 2 Z, 8 B) are left out.
 */
const strokes: Readonly<Record<string, string>> = {
  3: '00 40 23 43 45 36 16 05',
  4: '36 30 04 44',
  6: '40 10 03 05 16 36 45 43 33 03',
  7: '00 40 16',
  9: '43 13 02 01 10 30 41 44 36 06',
  A: '06 20 46|14 34',
  C: '41 30 10 01 05 16 36 45',
  E: '40 00 06 46|03 33',
  F: '40 00 06|03 33',
  G: '41 30 10 01 05 16 36 45 43 23',
  H: '00 06|40 46|03 43',
  K: '00 06|40 03 46',
  L: '00 06 46',
  M: '06 00 23 40 46',
  N: '06 00 46 40',
  P: '06 00 30 41 42 33 03',
  R: '06 00 30 41 42 33 03|23 46',
  T: '00 40|20 26',
  U: '00 05 16 36 45 40',
  X: '00 46|40 06',
  Y: '00 23 40|23 26',
};

/** What a picture may show. */
export const signs: readonly string[] = Object.keys(strokes);

const widthPx = 180;
const heightPx = 60;

/**
 * A picture of the text as SVG, drawn anew each time: no letters stand in it, only strokes that are turned, bent and shaken, in no
 * order, with stray lines among them.
 */
export function drawCaptcha(text: string): string {
  const step = (widthPx - 24) / text.length;
  const lines = [...text].flatMap((sign, index) => linesOf(sign, 12 + step * (index + 0.5)));
  const stray = Array.from({ length: 3 }, () => bent(anywhere(), anywhere(), 18));
  const paths = [
    ...lines.map((d) => `<path d="${d}" stroke-width="${within(2, 3).toFixed(1)}"/>`),
    ...stray.map((d) => `<path d="${d}" stroke-width="${within(0.9, 1.6).toFixed(1)}"/>`),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx}" width="${widthPx}" height="${heightPx}">` +
    `<rect width="${widthPx}" height="${heightPx}" rx="6" fill="#f2f5fa"/>` +
    `<g fill="none" stroke="#2c4a7c" stroke-linecap="round">${shuffled(paths).join('')}</g></svg>`
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function linesOf(sign: string, middleX: number): string[] {
  const turn = within(-0.25, 0.25);
  const size = within(4.4, 5.2);
  const lean = within(-0.2, 0.2);
  const middle = { x: middleX + within(-2, 2), y: heightPx / 2 + within(-5, 5) };
  const place = (pair: string): Point => {
    const y = (Number(pair[1]) - 3) * size * 1.1 + within(-1, 1);
    const x = (Number(pair[0]) - 2) * size + lean * y + within(-1, 1);
    return { x: middle.x + x * Math.cos(turn) - y * Math.sin(turn), y: middle.y + x * Math.sin(turn) + y * Math.cos(turn) };
  };
  return (strokes[sign] ?? '').split('|').flatMap((stroke) => {
    const points = stroke.split(' ').map(place);
    return points.slice(1).map((to, index) => bent(points[index] ?? to, to, 2.5));
  });
}

/** A line from one point to the other that goes a little astray. */
function bent(from: Point, to: Point, by: number): string {
  const over = { x: (from.x + to.x) / 2 + within(-by, by), y: (from.y + to.y) / 2 + within(-by, by) };
  const at = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  // Which end a line begins at tells nothing either.
  const [first, last] = randomInt(2) === 0 ? [from, to] : [to, from];
  return `M${at(first)}Q${at(over)} ${at(last)}`;
}

const anywhere = (): Point => ({ x: within(0, widthPx), y: within(0, heightPx) });

const within = (min: number, max: number): number => min + ((max - min) * randomInt(10_000)) / 10_000;

function shuffled<T>(things: readonly T[]): T[] {
  const left = [...things];
  return things.map(() => left.splice(randomInt(left.length), 1)[0] as T);
}
