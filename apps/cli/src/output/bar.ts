const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** A bar of block characters, `share` (0..1, sign ignored) of `columns` long; anything above nothing shows. */
export function bar(share: number, columns: number): string {
  const size = Math.min(1, Math.abs(share));
  const eighths = size === 0 || Number.isNaN(size) ? 0 : Math.max(1, Math.round(size * columns * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}
