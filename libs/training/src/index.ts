export { parameterGradient, stopGradient, withGradient } from './graph/gradients.js';
export { Graph, type GraphOptions } from './graph/graph.js';
export type { Attribute, ConstantValues } from './graph/node.js';
export { normal, ones, type ParameterPart, type ParameterSpec, uniform, zeros } from './graph/parameters.js';
export type { Dim, ElementType, Shape } from './graph/shape.js';
export type { Operation, OutputSpec, Tensor, TensorGraph, TensorsOf } from './graph/tensor.js';
export { encodeModel } from './onnx/model.encoder.js';
export { attention, type Attention } from './ops/attention.ops.js';
export { gelu, relu, sigmoid, softplus } from './ops/activation.ops.js';
export { dropout } from './ops/dropout.ops.js';
export { add, div, exp, log, mul, neg, type Operand, sqrt, sub } from './ops/elementwise.ops.js';
export { matMul, type MatMulOptions } from './ops/linear.ops.js';
export { addAxis, equal, gather, type GatherOptions, pick, scatter, where } from './ops/lookup.ops.js';
export {
  binaryCrossEntropy,
  type Outcomes,
  type Retrieval,
  sampledSoftmaxCrossEntropy,
  softmaxCrossEntropy,
} from './ops/loss.ops.js';
export { l2Normalize, layerNorm, logSumExp, softmax } from './ops/normalization.ops.js';
export { reduceMean, reduceSum, type ReductionOptions } from './ops/reduction.ops.js';
export { concat, reshape, slice, split, transpose } from './ops/shape.ops.js';
export { gradientError } from './reference/gradient.check.js';
export { type Fields, messagesOf, numbersOf, readMessage, textsOf } from './reference/protobuf.reader.js';
export { referenceRuntime } from './reference/reference.runtime.js';
export { shapedFeed, type ShapedFeed, shapeFor } from './run/feed.shape.js';
export {
  type Feed,
  type Feeds,
  type FeedValues,
  type GraphRuntime,
  type GraphSession,
  type RunOutputs,
  outputPlaces,
} from './run/graph.runtime.js';
export { DivergedError, initialState, type StepResult, TrainingRun, type TrainingState } from './run/training.run.js';
export { trainingStep, type TrainingStepOptions } from './run/training.step.js';
