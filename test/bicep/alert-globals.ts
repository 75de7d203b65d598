import { workspaceTables } from '../../local/sentinel/content/workspace.ts';
import { kustoSchema, type SchemaTable } from '../../local/sentinel/kql/language.ts';

// https://learn.microsoft.com/azure/azure-monitor/reference/tables/dcrlogerrors
const errorsTable: SchemaTable = {
  name: 'DCRLogErrors',
  columns: { TimeGenerated: 'dateTime', InputStreamId: 'string', Message: 'string', OperationName: 'string' },
};

/** What the queries of health alerts are bound against. */
export const alertGlobals = kustoSchema({ tables: [...workspaceTables, errorsTable] });
