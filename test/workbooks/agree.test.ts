import { describe, expect, test } from 'vitest';
import { auditAgreements } from './agree/audit.ts';
import { awarenessAgreements } from './agree/awareness.ts';
import type { Agreement } from './agree/case.ts';
import { cloudIntegratedAgreements } from './agree/cloud-integrated.ts';
import { secureEmailGatewayAgreements } from './agree/secure-email-gateway.ts';
import { targetedThreatProtectionAgreements } from './agree/targeted-threat-protection.ts';
import { ask, chosenSpan } from './simulated.ts';
import { tilesOf, withParameters } from './tiles.ts';

const agreements: readonly Agreement[] = [
  ...auditAgreements,
  ...awarenessAgreements,
  ...cloudIntegratedAgreements,
  ...secureEmailGatewayAgreements,
  ...targetedThreatProtectionAgreements,
];
const files = [...new Set(agreements.map(({ workbook }) => workbook))];
const workbooks = new Map(files.map((file) => [file, tilesOf(file)]));

describe.each(files)('the numbers of %s', (file) => {
  const tiles = workbooks.get(file) ?? tilesOf(file);

  test.each(agreements.filter(({ workbook }) => workbook === file))('$tile: $name', (agreement) => {
    const { query } = tiles.tile(agreement.tile);
    const shown = agreement.shown(ask(withParameters(query, { ...tiles.chosen, ...agreement.chosen }, chosenSpan)));
    expect(Object.values(shown).some((count) => count > 0)).toBe(true);
    expect(shown).toEqual(agreement.counted());
  });
});
