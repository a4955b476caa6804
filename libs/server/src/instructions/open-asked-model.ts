import { openGgufModel, openOpenAiModel, type LanguageModel } from '@attune/inference';

/** A language model that is judged: behind an address, or in a file. */
export type AskedModel =
  | {
      readonly url: string;
      readonly model: string;
      readonly key: string | undefined;
      /** Milliseconds of one try. */
      readonly timeoutMs: number;
    }
  | { readonly file: string };

/** Opens it; an address is not asked yet. @throws ModelError `refused` where an option cannot be used; the message has the fix. */
export const openAskedModel = async (asked: AskedModel): Promise<LanguageModel> =>
  'file' in asked ? openGgufModel(asked) : openOpenAiModel(asked);
