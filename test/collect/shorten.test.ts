import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, maxBytes, maxUnits, shortenJson, shortenText } from '../../functions/collect/shorten.ts';
import { type Json, parseJson } from '../../functions/tables/json.ts';

const bytesOf = (text: string) => Buffer.byteLength(text);
const unit = fc.constantFrom('x', 'é', '漢', '😀', '👩‍👩‍👧', '\ud83d', '\ude00', '"', '\\', '\n', '\u0001');
/** Texts around both limits, of characters of every width and of broken ones. */
const longText = fc
  .array(fc.tuple(unit, fc.constantFrom(1, 2, 3, 500, 10_700, 16_000, 21_330, 31_999, 100_000)), { maxLength: 6 })
  .map((runs) => runs.map(([text, times]) => text.repeat(times / text.length)).join(''))
  .map((text) => text.slice(0, 200_000));

function endsInsideCharacter(kept: string, whole: string): boolean {
  const isPair = /[\ud800-\udbff]$/.test(kept) && /^[\udc00-\udfff]/.test(whole.slice(kept.length));
  return kept.length < whole.length && isPair;
}

describe('fits', () => {
  it('means within both limits', () => {
    const cases: [string, boolean][] = [
      ['x'.repeat(32_000), true],
      ['x'.repeat(32_001), false],
      ['é'.repeat(32_000), true],
      ['漢'.repeat(21_333), true],
      ['漢'.repeat(21_334), false],
      ['😀'.repeat(16_000), true],
      ['😀'.repeat(16_001), false],
      ['\ud83d'.repeat(21_334), false],
      ['', true],
    ];
    expect(cases.map(([text]) => fits(text))).toEqual(cases.map(([, expected]) => expected));
    fc.assert(
      fc.property(longText, (text) => fits(text) === (text.length <= maxUnits && bytesOf(text) <= maxBytes)),
      { seed: 10, numRuns: 150 },
    );
  });
});

describe('shortenText', () => {
  it('keeps 32,000 units of text whose characters take one or two bytes, and 64,000 bytes of wider ones', () => {
    const kept = ['x', 'é', '漢', '😀'].map((text) => shortenText(text.repeat(200_000)));
    expect(kept.map((text) => [text.length, bytesOf(text)])).toEqual([
      [32_000, 32_000],
      [32_000, 64_000],
      [21_333, 63_999],
      [32_000, 64_000],
    ]);
  });

  it('leaves a text that fits as it is, broken characters included', () => {
    for (const text of ['', 'x', '\ud83d', '\ude00x', '漢'.repeat(21_333)]) expect(shortenText(text)).toBe(text);
  });

  it('keeps the longest start within both limits that does not end inside a character', () => {
    const units = fc.constantFrom(0, 1, 2, 5, 3000, maxUnits);
    const bytes = fc.constantFrom(0, 1, 2, 3, 4, 7, 9001, maxBytes, Infinity);
    fc.assert(
      fc.property(longText, units, bytes, (text, maxU, maxB) => {
        const kept = shortenText(text, maxU, maxB);
        expect(text.startsWith(kept)).toBe(true);
        expect(kept.length).toBeLessThanOrEqual(maxU);
        expect(bytesOf(kept)).toBeLessThanOrEqual(maxB);
        expect(endsInsideCharacter(kept, text)).toBe(false);
        if (kept === text) return;
        // One more character, whole or broken, would not fit; half a pair at the limit may go with the other half.
        const more = text.slice(0, kept.length + (/^[\ud800-\udbff]/.test(text.slice(kept.length)) ? 2 : 1));
        expect(more.length > maxU || bytesOf(more) > maxB).toBe(true);
      }),
      { seed: 11, numRuns: 400 },
    );
  });
});

const longValue = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(longText, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('k'.repeat(20_000))), tie('value'), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
  ),
})).value;

/** Whether nothing stands in `kept` that is not in `whole`, at its own place. */
function isPartOf(kept: Json | undefined, whole: Json | undefined): boolean {
  if (typeof kept === 'string' && typeof whole === 'string') return whole.startsWith(kept);
  if (typeof kept !== 'object' || kept === null) return kept === whole;
  if (typeof whole !== 'object' || whole === null || Array.isArray(kept) !== Array.isArray(whole)) return false;
  const original = new Map(Object.entries(whole));
  return Object.entries(kept).every(([key, item]) => original.has(key) && isPartOf(item, original.get(key)));
}

describe('shortenJson', () => {
  it('stays valid JSON within both limits, and adds nothing', () => {
    fc.assert(
      fc.property(longValue, (value) => {
        const text = JSON.stringify(shortenJson(value));
        expect(text.length).toBeLessThanOrEqual(maxUnits);
        expect(bytesOf(text)).toBeLessThanOrEqual(maxBytes);
        expect(text === 'null' || isPartOf(parseJson(text), value)).toBe(true);
      }),
      { seed: 12, numRuns: 80 },
    );
  });

  it('is within limits so small that nothing fits', () => {
    fc.assert(
      fc.property(longValue, fc.nat(40), (value, limit) => {
        const kept = shortenJson(value, limit, limit);
        expect(kept === null || JSON.stringify(kept).length <= limit).toBe(true);
      }),
      { seed: 13, numRuns: 60 },
    );
  });

  it('uses most of the room for a long text inside', () => {
    for (const text of ['x', 'é', '漢', '😀', '\u0001', '"']) {
      const kept = JSON.stringify(shortenJson({ subject: text.repeat(200_000) }));
      expect(Math.max(kept.length / maxUnits, bytesOf(kept) / maxBytes)).toBeGreaterThan(0.85);
    }
  });

  it('keeps the head of a list', () => {
    const list = Array.from({ length: 20_000 }, (_, index) => index);
    const kept = shortenJson(list);
    expect(Array.isArray(kept) && kept.length > 5000).toBe(true);
    expect(kept).toEqual(list.slice(0, Array.isArray(kept) ? kept.length : 0));
  });

  it('does not give up short fields for a long one, and keeps their order', () => {
    const kept = shortenJson({ first: 1, long: 'x'.repeat(200_000), verdict: 'malicious', ids: [1, 2, 3] });
    expect(kept).toEqual({
      first: 1,
      long: expect.stringMatching(/^x{25000,}$/),
      verdict: 'malicious',
      ids: [1, 2, 3],
    });
    expect(Object.keys(kept ?? {})).toEqual(['first', 'long', 'verdict', 'ids']);
  });

  it('keeps a field that has the name of an object’s prototype', () => {
    const value = parseJson(`{"__proto__":"x","long":"${'y'.repeat(40_000)}"}`);
    expect(JSON.stringify(shortenJson(value))).toMatch(/^\{"__proto__":"x","long":"y+"\}$/);
  });
});
