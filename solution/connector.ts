import { z } from 'zod';
import { parseJson } from '../functions/tables/json.ts';

const connectorSchema = z.strictObject({
  id: z.string().regex(/^\S+$/),
  title: z.string(),
  connector: z.enum(['Audit', 'Seg', 'Ttp', 'Awareness', 'CloudIntegrated']),
  file: z.string(),
  description: z.string(),
  tables: z.record(z.string(), z.string()),
  sampleQueries: z.array(z.strictObject({ description: z.string(), query: z.string() })).min(1),
});

/** What the page of a connector says that others do not: `tables` are names and what their graph counts; `file` stands below `Data Connectors/`. */
export type ConnectorPage = Readonly<z.infer<typeof connectorSchema>>;

/** Reads a connector's page. @throws Error that says what is wrong */
export function readConnector(_name: string, text: string): ConnectorPage {
  const read = connectorSchema.safeParse(parseJson(text));
  if (!read.success) throw new Error(z.prettifyError(read.error));
  return read.data;
}
