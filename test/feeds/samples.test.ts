import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rowOf } from '../../functions/collect/row.ts';
import { audit } from '../../functions/feeds/audit.ts';
import { cloudIntegrated } from '../../functions/feeds/cloud-integrated.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { segDlp } from '../../functions/feeds/seg-dlp.ts';
import { ttpAttachment } from '../../functions/feeds/ttp-attachment.ts';
import { ttpImpersonation } from '../../functions/feeds/ttp-impersonation.ts';
import { ttpUrl } from '../../functions/feeds/ttp-url.ts';
import { isJsonObject, parseJson } from '../../functions/tables/json.ts';
import { inventedCells, lostFields } from './found-again.ts';

// Real events are third-party data: they are read where they lie beside the project, if they do.
const folder = new URL('../../../shared/samples/', import.meta.url);
const stamp = { account: 'samples', collectedAt: new Date('2026-03-03T06:00:00Z') };

describe.skipIf(!existsSync(folder))('real events', () => {
  it.each([
    { file: 'audit.ndjson', feed: audit },
    { file: 'cg.ndjson', feed: segCg },
    { file: 'ci.ndjson', feed: cloudIntegrated },
    { file: 'dlp.ndjson', feed: segDlp },
    { file: 'ttp-attachment.ndjson', feed: ttpAttachment },
    { file: 'ttp-impersonation.ndjson', feed: ttpImpersonation },
    { file: 'ttp-url.ndjson', feed: ttpUrl },
  ])('of $file become rows: every value has its column, and the event its time', ({ file, feed }) => {
    const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const event = parseJson(line);
      if (!isJsonObject(event)) throw new TypeError(`${file} holds a line that is no event`);
      const row = rowOf(feed, event, stamp);
      const sent = parseJson(JSON.stringify(row));
      const cells = isJsonObject(sent) ? sent : {};
      const without = {
        lost: lostFields(event, cells),
        invented: inventedCells(event, cells),
        more: row.AdditionalFields,
      };
      expect([line, without]).toEqual([line, { lost: [], invented: [], more: undefined }]);
      expect(row.EventTime).toBeInstanceOf(Date);
    }
  });
});
