/**
 * Moves this process's clock on by so many milliseconds, back when negative, so that a lease can be outlived without
 * waiting for its end. Timers keep real time.
 */
export function moveClock(byMs: number): void {
  const { now: machineNow } = Date;
  const now = () => machineNow() + byMs;
  globalThis.Date = new Proxy(Date, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new Date(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
