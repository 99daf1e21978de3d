import { describe, expect, test } from 'vitest';
import { barcodeProblem, mobileProblem, taxNumberProblem } from '../../shared/kernel/validators.ts';

describe('tax numbers', () => {
  test.each([
    ['91330200NEDMX0UYNQ', null],
    ['9133 0200 NEDM X0UY NQ', null],
    ['９１３３０２００ＮＥＤＭＸ０ＵＹＮＱ', null],
    ['91330200nedmx0uynq', null],
    ['91330200NEDMX0UYNA', 'badCheckDigit'],
    ['93130200NEDMX0UYNQ', 'badCheckDigit'],
    ['91330200NEDMXOUYNQ', 'badCharacter'],
    ['税号待补', 'badCharacter'],
    ['9133020', 'badLength'],
    ['', 'badLength'],
    ['11010519491231002X', null],
    ['110105194912310021', 'badCheckDigit'],
    ['330200123456789', null],
    ['53634657', null],
    ['5363465A', 'badCharacter'],
    ['9'.repeat(50_000), 'badLength'],
  ])('%# is judged by its own check character', (text, problem) => {
    expect(taxNumberProblem(text)).toBe(problem);
  });
});

describe('mobile numbers', () => {
  test.each([
    ['13812345678', null],
    ['138-1234-5678', null],
    ['+86 138 1234 5678', null],
    ['１３８１２３４５６７８', null],
    ['0912345678', null],
    ['+886 912 345 678', null],
    ['1380013800', 'badLength'],
    ['138-0013-800', 'badLength'],
    ['12345678901', 'badPrefix'],
    ['一三八零零一', 'badCharacter'],
    ['+1234', 'badLength'],
    ['1'.repeat(50_000), 'badLength'],
  ])('%# is judged by length and beginning', (text, problem) => {
    expect(mobileProblem(text)).toBe(problem);
  });
});

describe('barcodes', () => {
  test.each([
    ['6921784060001', null],
    ['6921784060002', 'badCheckDigit'],
    ['6912784060001', 'badCheckDigit'],
    ['036000291452', null],
    ['96385074', null],
    ['10614141000415', null],
    ['123', 'badLength'],
    ['', 'badLength'],
    ['69217840600O1', 'badCharacter'],
    ['6'.repeat(50_000), 'badLength'],
  ])('%# is judged by its check digit', (text, problem) => {
    expect(barcodeProblem(text)).toBe(problem);
  });
});
