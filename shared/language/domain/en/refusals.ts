import type { Words } from '../../labels.ts';
import { doorRefusals } from './doorRefusals.ts';
import { fileRefusals } from './fileRefusals.ts';
import { importRefusals } from './importRefusals.ts';
import { workbookRefusals } from './workbookRefusals.ts';

/** Each says what happened and what to do. */
export const refusals: Words = {
  ...fileRefusals,
  ...doorRefusals,
  ...importRefusals,
  ...workbookRefusals,

  'field.required': 'This must be filled in.',
  'field.unknown': 'This does not exist or cannot be filled in by hand. Remove it and save again.',
  'field.wrongKind': 'This is the wrong kind of value. Enter it again.',
  'field.notAChoice': 'This is not one of the choices. Choose from the list.',
  'field.notADay': 'This is not a valid date. Write it as year-month-day.',
  'field.notALink': 'Choose an existing record from the list.',
  'field.unknownLink': 'The chosen record does not exist, or you may not see it. Choose again.',
  'field.tooLong': 'Too long: at most {{max}} characters.',
  'field.tooManyDecimals': 'Too many decimals: at most {{max}}. Shorten the number.',
  'field.badText': 'Contains characters that cannot be stored. Enter it again.',
  'field.notExact': 'The number is too large or has too many decimals to be kept exactly. Make it smaller.',
  'field.tooSmall': 'The number is too small. Enter a larger one.',
  'field.tooLarge': 'The number is too large. Enter a smaller one.',
  'field.badMobile': 'This is not a mobile number. Check its length and its beginning.',
  'field.badTaxNumber': 'This tax number is not valid. Compare it with the business licence.',
  'field.badBarcode': 'The check digit of this barcode does not fit. Scan or check it again.',
  'field.badEmail': 'This is not an email address. Write it as name@domain.',
  'field.badCode': 'It must not contain spaces. Remove them.',
  'field.fixed': 'This cannot be changed once saved. If it is wrong, create a new record.',
  'field.notAllowed': 'You may not change this.',
  'part.tooMany': 'Too many lines: at most {{max}}. Split them over several documents.',
  'part.required': 'At least one line is needed.',

  'record.invalid': 'Fields that need attention: {{count}}. Correct them and save again.',
  'record.notFound': 'The record was not found: it may have been deleted, or you may not see it.',
  'record.stale': 'Somebody has just changed this record. Look at the latest version before you save.',
  'record.locked': 'In the status “{{state|state}}” this can no longer be changed. Withdraw or undo it first.',
  'record.duplicate': 'The same record exists already: “{{title}}” (owner: {{owner}}). Use that one.',
  'record.nearDuplicate': 'A very similar record exists: “{{title}}” (owner: {{owner}}). Make sure it is not the same before you save.',
  'record.inUse': 'It is used by another record ({{type|type}}) and cannot be deleted. Stop it instead.',
  'record.ownerDeleted': '{{type|type}} “{{title}}”, to which this belongs, is in the recycle bin. Restore that first.',
  'record.notUnique': 'Another record has this value. Choose another.',
  'record.unknownRow': 'A line has been deleted by somebody else. Refresh and change it again.',
  'record.unknownType': 'There is no such kind of record. Check it and try again.',

  'number.tooLarge': 'The number is too large to be reckoned exactly. Make it smaller and try again.',
  'number.seriesFull': 'The numbering rule “{{series}}” has run out of serial numbers. Give it more digits in the settings.',
  'number.badSeries':
    'The numbering rule “{{series}}” is not valid: it needs exactly one serial, only known placeholders, and at most 60 characters.',
  'day.outOfRange': 'The date reckoned from {{day|day}} is out of range. Check the days or months.',
  'settings.changed': 'Somebody has just changed these settings. Refresh before you change them.',
  'database.full':
    "The server's disk is full: nothing was saved this time, and what was there is untouched. Free some space and try again.",

  'step.notNow': 'This cannot be done in the status “{{state|state}}”. Refresh to see the latest.',
  'step.overrideReasonMissing': 'Say why you pass over this: it is outside the rule, and you have the right to allow it.',
  'ledger.locked':
    'These entries are confirmed and locked through {{through}}; {{day}} lies before that. Use a later day, or have the lock lifted.',
  'step.reasonMissing': 'Say why first.',
  'step.unknown': 'There is no such step. Refresh and try again.',

  'flow.different': 'The source documents differ in “{{field|field}}” and cannot share one document. Make several.',
  'flow.noSources': 'Choose between 1 and {{max}} source documents.',
  'flow.noWay': 'The source does not exist or cannot become this kind of document. Choose again.',
  'flow.nothingOpen': 'Nothing is left open in the chosen documents.',
  'flow.overQuantity': 'This is more than is still open in the source {{number}}. Lower it.',
  'order.closed': 'Order {{number}} is closed and waits for nothing more. Reopen it before you take this back.',
  'flow.otherWay': 'This document goes the other way: {{number}} is delivered by another kind of document. Follow its order type.',
  'flow.sourceNotReady': 'The source {{number}} has the status “{{state|state}}” and cannot be used yet. Deal with it first.',

  'form.neededByProgram': 'The program needs this field; it cannot be hidden.',

  'document.noLines': 'There are no lines yet. Enter at least one item.',
  'document.negativeTotal': 'The discounts are more than the document is worth. Lower them: its total cannot be below zero.',
  'document.hasFollowers': 'Goods were issued or money was received for this document. Undo those documents first.',
  'delivery.withoutOrder': 'Every line must come from a sales order. Make the goods issue from the order.',
  'opening.locked': 'Opening figures are locked and can no longer be changed. Use an everyday document instead.',
  'opening.unposted': 'Opening documents not yet posted: {{count}}. Post or void them before you go live.',
  'period.closed':
    '{{by}} has closed {{month}} (through {{through|day}}): nothing of {{day|day}} is posted or taken back. Reverse the document, or use today’s date.',
  'cost.backDated':
    'Goods of these items moved after {{day|day}} already: going on changes the cost of {{count}} posted documents. Once you confirm, their costs are corrected with it.',
  'cost.backDatingRefused':
    'Goods of these items moved after {{day|day}} already, and the company takes no earlier days. Choose a later day.',
  'step.notOwn': 'Nobody approves their own document. Ask somebody else who may approve it.',
  'year.monthsOpen': 'Months of {{year}} are still open. Close the books through December first.',
  'year.alreadyClosed': '{{year}} (or a later year) is closed already.',
  'year.notNewest': 'Only the latest closed year ({{year}}) can be opened again.',
  'year.isClosed': 'The year {{year}} is closed. Open the year first, then its months.',
  'cost.nothingHeld': 'Items without stock have no cost to adjust. Remove these lines ({{count}}).',
  'cost.belowZero': 'The stock would be worth less than nothing. Lower the adjustment ({{count}} lines).',
  'price.belowFloor': 'Lines below the lowest price: {{count}} ({{items}}). Raise the price, or let somebody with the right approve it.',
  'credit.exceeded':
    'The credit limit of {{limit|money}} would be exceeded: {{wanted|money}} with this document. Collect money first, or let somebody with the right approve it.',
  'stock.notEnough':
    'Not enough of “{{item}}” in {{place}}: {{wanted|quantity}} needed, {{held|quantity}} there. Lower the quantity, choose another warehouse or receive goods first.',
  'stock.promiseMissing':
    'Not enough of “{{item}}” is promised: {{wanted|quantity}} needed, {{held|quantity}} promised. Check that the sales order is still in force.',
  'money.overSettled': 'The allocation of {{wanted|money}} is more than the open {{held|money}}. Lower it.',
  'money.accountEmpty':
    'Not enough money in the account: {{wanted|money}} needed, {{held|money}} there. Choose another account or check its balance.',
  'order.paidMoreThanShipped':
    '{{received|money}} has been received, more than the {{owed|money}} that is owed for what was shipped. Take the excess receipt or settlement back before closing the order early.',
  'money.overAllocated': 'The allocations of {{allocated|money}} are more than the {{amount|money}} received. Lower them.',
  'money.feeTooHigh': 'The fee cannot be more than the amount received. Check the fee.',

  'print.templateInvalid': 'Faults in the print template: {{count}}. Correct them as shown.',
  'print.tooDeep': 'Nested too deep: at most {{max}} levels.',
  'print.wrongShape': 'The content has the wrong shape. Expected: {{expected}}.',
  'print.unknownMergeField': 'There is no merge field “{{name}}”. Choose one from the list.',
  'print.badMergeField': 'The double braces of a merge field do not match. Check them.',
  'print.textTooLong': 'The text is too long: at most {{max}} characters.',
  'print.tooMany': 'Too many: at most {{max}}.',
  'print.tooFew': 'Too few: at least {{min}}.',
  'print.outOfRange': 'The number must be between {{min}} and {{max}}.',
  'print.oneTable': 'A template can have only one line table. Remove the others.',
  'print.labelMissing': 'Give the template a Chinese name.',
  'print.noRoom': 'There is no room left on the paper. Make the margins, header or footer smaller.',
  'print.unknownKey': 'There is no setting “{{key}}”. Remove it.',
  'print.tooLong': 'More than {{pagesMax}} pages. Print it as several documents.',
  'print.tooManyRows': '{{rows}} rows are more than the {{max}} that are printed at once. Narrow the question or export to Excel.',
  'print.noLabels': 'There is no label to print: the chosen items have no stock, or you may not print them.',
  'print.tooManyLabels': 'One print holds at most {{max}} labels; these are {{count}}.',
  'print.busy': 'Too many people are printing. Try again in a moment.',
  'print.tooSlow': 'The page was not laid out within {{seconds}} seconds. Use less content or smaller pictures.',
  'print.pictureTooLarge': 'The picture is too large. Make it smaller and upload it again.',
  'print.pictureType': 'The picture cannot be used. Use PNG or JPEG.',
  'print.noColumns': 'The line table has no columns. Choose at least one.',
  'print.tooNarrow': 'The paper is too narrow for {{columns}} columns. Use fewer, or turn the paper.',
  'print.noTemplate': 'There is no print template for this. Ask your administrator to add one.',
};
