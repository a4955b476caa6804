/**
 * What a review says: the text, each aspect with the sign of what is said of it (`+`, `-`; `~` where it is only
 * named), and the sign of the whole (`0` where it is neither).
 */
export type ReviewSentence = readonly [text: string, aspects: string, whole: '+' | '-' | '0'];
