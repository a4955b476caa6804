/** What every answer says besides itself: it is what its type says, and nobody keeps it. */
export const SECURITY_HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } as const;
