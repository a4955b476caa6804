/**
 * Names what values are read with where no language model is asked. Raised with every change of the tables or rules that
 * changes what is proposed: what was read with another one is read again.
 */
export const ENRICHMENT_RULES = 'rules@1';
