/** The engine does not do what a query asks for, and says so rather than give an answer that may be wrong. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Ends the evaluation. @param what names the construct, as in `the operator scan` */
export function refuse(what: string): never {
  throw new Refusal(`the local KQL engine does not do ${what}`);
}
