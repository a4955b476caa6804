/** The space that the text embedder of the catalogue fills. */
export const TEXT_SPACE = 'text';
