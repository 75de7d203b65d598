const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration as rule templates (`30m`, `5h`, `1d`) and ARM (`PT5H`, `P7D`) write it; undefined for other text. */
export function durationMs(text: string): number | undefined {
  const short = /^(\d{1,6})([mhd])$/.exec(text);
  const long = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/.exec(text);
  if (short) return Number(short[1]) * (units[short[2] ?? ''] ?? Number.NaN);
  if (!long || !/\d/.test(text)) return undefined;
  const [days = 0, hours = 0, minutes = 0] = long.slice(1).map((part) => Number(part ?? 0));
  return days * 86_400_000 + hours * 3_600_000 + minutes * 60_000;
}
