/** What a person answers for of one type: of documents those that are not done with, with the states that are meant. */
export interface Belonging {
  readonly type: string;
  /** The field that names the person. */
  readonly field: string;
  readonly count: number;
  readonly states: readonly string[] | null;
}

/** Everything that hangs on a person who leaves. */
export interface BelongingsAnswer {
  readonly rows: readonly Belonging[];
  /** Records of others that are shared with them. */
  readonly shares: number;
  /** Documents they were asked to approve and nobody has decided on. */
  readonly approvals: number;
  /** What they still have of the company's money, in its minor units; null for whoever may not see advances. */
  readonly advance: number | null;
  /** Their own claims and advances that are not done with: settled with them, given to nobody. */
  readonly claims: readonly Belonging[];
}

/** Where the next piece of a hand-over begins. */
export interface HandOverPlace {
  readonly type: string;
  readonly id: number;
  /** So many were dealt out already, so that the next one is the next person's turn. */
  readonly dealt: number;
}

export interface HandOverAnswer {
  /** So many records were given in this piece, documents and contacts that went along with their customer not counted. */
  readonly given: number;
  /** Null when everything is through. */
  readonly next: HandOverPlace | null;
}

/** Whether somebody is about to leave or gone. */
export const isLeaving = (values: { readonly employment?: unknown; readonly leftOn?: unknown }): boolean =>
  values.employment === 'left' || Boolean(values.leftOn);
