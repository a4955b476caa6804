// Runs ONNX models by ONNX Runtime, which refuses the typed arrays of a jest test: requests come as JSON on the
// standard input, results go as JSON to the standard output.
const { InferenceSession, Tensor } = require('onnxruntime-node');

const arrays = { float32: Float32Array, int32: Int32Array };

async function run({ model, feeds }) {
  const session = await InferenceSession.create(Buffer.from(model, 'base64'), { intraOpNumThreads: 1 });
  const inputs = session.inputMetadata.map(({ name, type, shape }) => {
    const values = arrays[type].from(feeds[name]);
    const dims = shape.map((dim) => (typeof dim === 'string' ? values.length : dim));
    return [name, new Tensor(type, values, dims)];
  });
  const results = await session.run(Object.fromEntries(inputs));
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, [...data]]));
}

async function main() {
  let text = '';
  for await (const piece of process.stdin) text += piece;
  const results = [];
  for (const request of JSON.parse(text)) results.push(await run(request));
  process.stdout.write(JSON.stringify(results));
}

main();
