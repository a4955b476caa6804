import type { PipelineSource } from '@attune/engine';

/** File and line of a path in a configuration file. */
export type Locate = PipelineSource['locate'];
