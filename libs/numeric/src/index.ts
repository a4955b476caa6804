export { Csr, type CsrArrays, type Triplets } from './csr.matrix.js';
export { gram } from './gram.kernel.js';
export { KnnIndex, type KnnOptions } from './knn.index.js';
export { type KnnResult, type Metric } from './knn.result.js';
export { allocateSquare, invertSpd, NotPositiveDefiniteError } from './spd.inverse.js';
export { topK } from './top-k.kernel.js';
export { axpy, dot, normalizeRows } from './vectors.kernel.js';
export { reportStep, StoppedError, type Watch } from './watch.js';
