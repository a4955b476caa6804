/**
 * Lints texts as if they stood in given files of the workspace, and writes nothing to them.
 * Standard input: JSON `[{ file, text }]`, files relative to the workspace root, each an existing one (the type-aware
 * rules need it to belong to a project). Standard output: JSON, for each the rules reported `[{ rule, message }]`.
 * It is a program of its own because jest cannot load ESLint's ES module configuration.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';

// Where CI=true the parser takes its programs for a single run, and lints what stands on the disk instead of the text.
process.env.TSESTREE_SINGLE_RUN = 'false';

const root = resolve(import.meta.dirname, '../..');
process.chdir(root);
const eslint = new ESLint({ cwd: root });
const answers = [];
for (const { file, text } of JSON.parse(readFileSync(0, 'utf8'))) {
  const [result] = await eslint.lintText(text, { filePath: resolve(root, file), warnIgnored: true });
  answers.push(result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message })));
}
process.stdout.write(JSON.stringify(answers));
