/** What came of one check: all is well, or what is wrong and the fix. */
export interface Finding {
  readonly what: string;
  /** undefined: all is well. */
  readonly wrong?: string | undefined;
}

/** One line for a finding. */
export function lineOf({ what, wrong }: Finding): string {
  return wrong === undefined ? `ok    ${what}` : `FAIL  ${what}: ${wrong}`;
}

/** A finding of something that must not throw; its error's words are what is wrong. */
export async function finding(what: string, check: () => Promise<string | undefined>): Promise<Finding> {
  try {
    return { what, wrong: await check() };
  } catch (error) {
    return { what, wrong: error instanceof Error ? error.message : String(error) };
  }
}
