import type { Definition } from './definition.ts';
import type { LedgerDefinition } from './ledger.ts';

/** Everything a company can write down: the definitions and ledgers that one server works with. */
export class Catalogue {
  readonly definitions: readonly Definition[];
  readonly ledgers: readonly LedgerDefinition[];
  readonly #byType: ReadonlyMap<string, Definition>;
  readonly #byLedger: ReadonlyMap<string, LedgerDefinition>;

  constructor(definitions: readonly Definition[], ledgers: readonly LedgerDefinition[]) {
    this.definitions = definitions;
    this.ledgers = ledgers;
    this.#byType = new Map(definitions.map((definition) => [definition.type, definition]));
    this.#byLedger = new Map(ledgers.map((ledger) => [ledger.name, ledger]));
  }

  find(type: string): Definition | undefined {
    return this.#byType.get(type);
  }

  /** A type the program itself names; a wrong name is a fault of ours, not of the user. */
  get(type: string): Definition {
    const definition = this.find(type);
    if (!definition) throw new Error(`No definition for type ${type}`);
    return definition;
  }

  ledger(name: string): LedgerDefinition {
    const ledger = this.#byLedger.get(name);
    if (!ledger) throw new Error(`No ledger ${name}`);
    return ledger;
  }
}
