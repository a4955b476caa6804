import type { JsonValue } from '@attune/sdk';

/** As it is stored and read again: without members that are undefined. */
export const plainJson = (value: object): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;
