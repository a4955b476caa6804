import { readTextModelFolder } from './model-folder.js';
import { openTextEncoder, type TextEncoderOptions } from './onnx-text-encoder.js';
import type { OnnxTextEncoder } from './text-encoder.js';

/**
 * A text model that is described now and opened by the first text: a model for a language nobody uses costs a look at
 * its files and no memory. A model that does not open fails that text, and is tried again with the next.
 * @throws ModelFolderError when a file of the folder is missing or wrong.
 */
export async function openTextEncoderLazily(folder: string, options?: TextEncoderOptions): Promise<OnnxTextEncoder> {
  const { spec, digest } = await readTextModelFolder(folder);
  let opening: Promise<OnnxTextEncoder> | undefined;
  let open: OnnxTextEncoder | undefined;
  let closed: Promise<void> | undefined;
  const opened = (): Promise<OnnxTextEncoder> => {
    if (opening === undefined) {
      opening = openTextEncoder(folder, options);
      opening.then(
        (encoder) => (open = encoder),
        () => (opening = undefined),
      );
    }
    return opening;
  };
  const close = async (): Promise<void> => {
    const encoder = await opening?.catch(() => undefined);
    await encoder?.close();
  };
  return {
    id: spec.id,
    digest,
    dims: spec.dims,
    metric: spec.metric,
    maxTokens: spec.maxTokens,
    async embed(texts, role) {
      if (closed !== undefined) throw new Error(`text model ${spec.id} is closed`);
      return (await opened()).embed(texts, role);
    },
    knows: (word) => open?.knows(word) ?? false,
    close: () => (closed ??= close()),
  };
}
