/** What is written beside a file and renamed: there is never half a file. */
export const partialOf = (file: string): string => `${file}.partial`;
