/**
 * Frees a buffer's memory at once, which V8 would keep until it next looks through what is old. It must own all of its memory.
 * Nothing may use it any more: whatever reads it finds it empty.
 */
export function free({ buffer }: Uint8Array<ArrayBuffer>): void {
  buffer.transferToFixedLength(0);
}
