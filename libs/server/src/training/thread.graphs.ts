import { join } from 'node:path';
import { onnxGraphRuntime } from '@attune/inference';
import type { GraphPort } from '@attune/sdk';

/** What runs the graphs of a training, loaded in its thread. */
export const graphs: GraphPort = onnxGraphRuntime({ threads: 1 });

/** This module as built: `src` and `dist` have it at the same place. */
export const GRAPHS_MODULE = join(__dirname, '..', '..', 'dist', 'training', 'thread.graphs.js');
