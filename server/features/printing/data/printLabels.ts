import type { Definition } from '../../../../shared/kernel/definition.ts';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import { fieldName } from '../../../../shared/language/labels.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import { joined, otherSide, type PlannedField, type PrintPlan } from './printPlan.ts';

/** What every planned field is called in the language of the print; names made for the paper stand in printWords. */
export function labelsOf(definition: Definition, plan: PrintPlan, language: Language): Record<string, string> {
  const words = domainWords[language];
  const gap = language === 'en' ? ' ' : '';
  const nameOf = (planned: PlannedField): string => {
    const own = fieldName(words, planned.type, planned.source);
    if (planned.from.kind !== 'link' || planned.from.link === otherSide) return own;
    return `${fieldName(words, definition.type, planned.from.link)}${gap}${own}`;
  };
  const head = plan.head
    .filter(({ from }) => from.kind !== 'paper')
    .map((planned) => [`${planned.group}.${planned.name}`, nameOf(planned)]);
  const lines = plan.lines.map(({ name, source, isCode, picture }) => {
    if (picture) return [`line.${name}`, fieldName(words, picture.type, picture.field)];
    const own = fieldName(words, definition.type, `${plan.linePart}.${source}`);
    return [`line.${name}`, isCode ? codeLabel(definition, plan.linePart ?? '', source, language) : own];
  });
  return Object.fromEntries([...head, ...lines]);
}

function codeLabel(definition: Definition, part: string, link: string, language: Language): string {
  const field = definition.parts[part]?.fields[link];
  return field?.kind === 'link' ? fieldName(domainWords[language], field.to, 'code') : joined(link, 'code');
}
