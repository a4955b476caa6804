import type { Attribute, Constant, GraphNode } from '../graph/node.js';
import type { Dim, ElementType } from '../graph/shape.js';
import type { Tensor } from '../graph/tensor.js';
import { MessageWriter } from './protobuf.writer.js';

/** Versions of ONNX that the operators here are those of. */
const IR_VERSION = 9;
const OPSET = 20;

/** Numbers of ONNX's TensorProto.DataType. */
export const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9 };

/**
 * An ONNX model that computes the given tensors of one graph, and no more than they need.
 * @param outputs by the names that they are to have
 * @returns the bytes of the model; its inputs are those of the graph that the outputs depend on
 */
export function encodeModel(outputs: Readonly<Record<string, Tensor>>): Uint8Array {
  const named = Object.entries(outputs);
  const graph = named[0]?.[1].graph;
  if (graph === undefined) throw new RangeError('a model has at least one output');
  const stranger = named.find(([, tensor]) => tensor.graph !== graph);
  if (stranger !== undefined) throw new RangeError(`output "${stranger[0]}" belongs to another graph`);
  if (graph.parts.length > 0) graph.parameterVector();
  const { nodes, names } = needed(graph.nodes, named);
  const message = new MessageWriter();
  for (const node of nodes) message.message(1, nodeMessage(node));
  message.text(2, 'graph');
  for (const constant of graph.constants) if (names.has(constant.name)) message.message(5, tensorMessage(constant));
  for (const input of graph.inputs.values()) if (names.has(input.name)) message.message(11, valueMessage(input));
  for (const [name, tensor] of named) message.message(12, valueMessage({ ...tensor, name }));
  return new MessageWriter()
    .integer(1, IR_VERSION)
    .text(2, 'attune')
    .message(7, message)
    .message(8, new MessageWriter().text(1, '').integer(2, OPSET))
    .message(8, new MessageWriter().text(1, 'com.microsoft').integer(2, 1))
    .finish();
}

/** The nodes that outputs depend on, in order, and the names of all that these take and give. */
function needed(
  all: readonly GraphNode[],
  named: readonly (readonly [string, Tensor])[],
): { readonly nodes: readonly GraphNode[]; readonly names: ReadonlySet<string> } {
  const names = new Set(named.map(([, tensor]) => tensor.name));
  const nodes: GraphNode[] = [];
  for (const node of [...all].reverse()) {
    if (!node.outputs.some((name) => names.has(name))) continue;
    nodes.push(node);
    for (const name of [...node.inputs, ...node.outputs]) names.add(name);
  }
  const copies = named.map(([name, tensor]) => ({ op: 'Identity', inputs: [tensor.name], outputs: [name] }));
  return { nodes: [...nodes.reverse(), ...copies.map((copy) => ({ ...copy, attributes: {}, domain: '' }))], names };
}

function nodeMessage({ op, inputs, outputs, attributes, domain }: GraphNode): MessageWriter {
  const message = new MessageWriter();
  for (const name of inputs) message.text(1, name);
  for (const name of outputs) message.text(2, name);
  message.text(4, op);
  for (const [name, attribute] of Object.entries(attributes)) message.message(5, attributeMessage(name, attribute));
  return domain === '' ? message : message.text(7, domain);
}

/** The last field is the attribute's type, as ONNX numbers them. */
function attributeMessage(name: string, attribute: Attribute): MessageWriter {
  const message = new MessageWriter().text(1, name);
  if ('float' in attribute) return message.float(2, attribute.float).integer(20, 1);
  if ('int' in attribute) return message.integer(3, attribute.int).integer(20, 2);
  if ('text' in attribute) return message.text(4, attribute.text).integer(20, 3);
  for (const value of attribute.ints) message.integer(8, value);
  return message.integer(20, 7);
}

function tensorMessage({ name, type, shape, values }: Constant): MessageWriter {
  const message = new MessageWriter();
  for (const dim of shape) message.integer(1, dim);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message.integer(2, ELEMENT_TYPES[type]).text(8, name).bytes(9, bytes);
}

function valueMessage({ name, shape, type }: Tensor): MessageWriter {
  const dims = new MessageWriter();
  for (const dim of shape) dims.message(1, dimMessage(dim));
  const tensor = new MessageWriter().integer(1, ELEMENT_TYPES[type]).message(2, dims);
  return new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor));
}

function dimMessage(dim: Dim): MessageWriter {
  return typeof dim === 'string' ? new MessageWriter().text(2, dim) : new MessageWriter().integer(1, dim);
}
