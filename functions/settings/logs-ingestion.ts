import * as z from 'zod';
import { required } from './text.ts';
import { isServiceUrl, withoutSlash } from './urls.ts';
import { tables } from '../tables/index.ts';

/** A data collection rule, where it takes rows, and the tables whose streams it has. */
export interface LogsDestination {
  readonly endpoint: string;
  readonly rule: string;
  readonly tables: readonly string[];
}

const example = '[{"endpoint":"https://….ingest.monitor.azure.com","rule":"dcr-…","tables":["Audit_CL",…]},…]';
const endpointText = 'must be the https URL of a data collection endpoint';
const ruleText = 'must be the immutable id of a data collection rule, which begins with dcr-';
const tablesText = 'must be a list of table names';

const destinations = z
  .array(
    z.object(
      {
        endpoint: z
          .string(endpointText)
          .refine((text) => text.startsWith('https:') && isServiceUrl(text), { message: endpointText, abort: true })
          .transform(withoutSlash),
        rule: z.string(ruleText).regex(/^dcr-[\w-]+$/, ruleText),
        tables: z.array(z.string(tablesText), tablesText),
      },
      'must be an object with endpoint, rule and tables',
    ),
    `is malformed: set it to a list ${example}`,
  )
  .readonly();

/** The setting `LOGS_INGESTION`; tables beside ours may stand in it. @param needed the tables that must be there */
export function logsIngestion(needed: readonly string[]) {
  return required(`JSON ${example}`)
    .transform(parse)
    .pipe(destinations)
    .superRefine((found, context) => {
      for (const message of tableProblems(
        found.flatMap((destination) => destination.tables),
        needed,
      ))
        context.addIssue(message);
    });
}

function parse(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue(`is malformed: set it to JSON ${example}`);
    return z.NEVER;
  }
}

function tableProblems(listed: readonly string[], needed: readonly string[]): readonly string[] {
  const known = tables.map((table) => table.name);
  const missing = needed.filter((name) => !listed.includes(name));
  const ours = listed.filter((name) => known.some((table) => table === name));
  const repeated = new Set(ours.filter((name, i) => ours.indexOf(name) < i));
  const problems: string[] = [];
  if (missing.length > 0) problems.push(`lacks tables: add ${missing.join(', ')} to the rule that has their streams`);
  if (repeated.size > 0) problems.push(`names tables more than once (${[...repeated].join(', ')}): keep one of each`);
  return problems;
}
