/** 专票, 普票, 数电专票, 数电普票; 三聯式, 二聯式; none: billed without an invoice. */
export const invoiceKinds = ['special', 'general', 'electronicSpecial', 'electronicGeneral', 'threePart', 'twoPart', 'none'] as const;
