import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BUNDLED = join(__dirname, '..', '..', '..', '..', 'assets', 'models', 'all-MiniLM-L6-v2');

/** An ONNX graph of seven nodes: its logit is the sum of the query's token ids minus the sum of the text's. */
const GRAPH = [
  'CAg6kAMKIQoJaW5wdXRfaWRzEgNpZHMiBENhc3QqCQoCdG8YAaABAgooCg50b2tlbl90eXBlX2lkcxIFdHlwZXMiBENhc3QqCQoCdG8YAaABAgon',
  'Cg5hdHRlbnRpb25fbWFzaxIEbWFzayIEQ2FzdCoJCgJ0bxgBoAECChgKBG1hc2sKBXR5cGVzEgRoYWxmIgNTdWIKGQoEaGFsZgoFdHlwZXMSBXNp',
  'Z25zIgNTdWIKGQoDaWRzCgVzaWducxIGc2lnbmVkIgNNdWwKGwoGc2lnbmVkEgZsb2dpdHMiCVJlZHVjZVN1bRIEdGlueVomCglpbnB1dF9pZHMS',
  'GQoXCAcSEwoHEgViYXRjaAoIEgZsZW5ndGhaKwoOYXR0ZW50aW9uX21hc2sSGQoXCAcSEwoHEgViYXRjaAoIEgZsZW5ndGhaKwoOdG9rZW5fdHlw',
  'ZV9pZHMSGQoXCAcSEwoHEgViYXRjaAoIEgZsZW5ndGhiIwoGbG9naXRzEhkKFwgBEhMKBxIFYmF0Y2gKCBIGbGVuZ3RoQgIQDQ==',
].join('');

/** Makes a folder a cross-encoder that prefers texts of few words: each more takes something off. */
export function writeTinyCrossEncoder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const config = { max_position_embeddings: 64, type_vocab_size: 2, id2label: { 0: 'LABEL_0' } };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'model.onnx'), Buffer.from(GRAPH, 'base64'));
  for (const file of ['tokenizer.json', 'tokenizer_config.json']) symlinkSync(join(BUNDLED, file), join(folder, file));
  return folder;
}
