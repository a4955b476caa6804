import { loadConfig, modelFolder } from './load-config.js';

/** Folders of the configured models of texts, the main one first, with the languages each is for; embedders that are plugins have none. */
export function textModelFolders(
  named: string | undefined,
): readonly { readonly folder: string; readonly languages: readonly string[] }[] {
  const { config, file } = loadConfig(named);
  return config.embedders.flatMap(({ model, languages }) =>
    model === undefined ? [] : [{ folder: modelFolder(model, file), languages }],
  );
}
