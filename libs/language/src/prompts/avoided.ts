import { quoted } from './quoted.js';

const [MOST, CHARS] = [20, 60];

/** Said with prompts that are asked again where an answer had something without evidence. */
export const AVOIDS =
  'A line that begins with Avoid lists what was said before without evidence: say none of it, in other words either.\n';

/** That line; none where there is nothing to avoid. */
export const avoidLines = (avoid: readonly string[]): readonly string[] =>
  avoid.length === 0
    ? []
    : [
        `Avoid: ${avoid
          .slice(0, MOST)
          .map((text) => quoted(text, CHARS))
          .join(', ')}`,
      ];
