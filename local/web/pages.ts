import type { Page } from './page.ts';
import { AlertsPage } from './pages/alerts.ts';
import { KqlPage } from './pages/kql.ts';
import { LedgerPage } from './pages/ledger.ts';
import { OverviewPage } from './pages/overview.ts';
import { RejectedPage } from './pages/rejected.ts';
import { TablesPage } from './pages/tables.ts';
import { TroublePage } from './pages/trouble.ts';
import { WorkbooksPage } from './pages/workbooks.ts';

/** The pages in the order of the navigation; one more is one more line. */
export const pages: readonly Page[] = [
  { path: '', title: 'Overview', view: OverviewPage },
  { path: 'workbooks', title: 'Workbooks', view: WorkbooksPage },
  { path: 'alerts', title: 'Alerts and incidents', view: AlertsPage },
  { path: 'kql', title: 'KQL', view: KqlPage },
  { path: 'tables', title: 'Tables', view: TablesPage },
  { path: 'rejected', title: 'Rejected', view: RejectedPage },
  { path: 'ledger', title: 'Loss ledger', view: LedgerPage },
  { path: 'trouble', title: 'Make trouble', view: TroublePage },
];
