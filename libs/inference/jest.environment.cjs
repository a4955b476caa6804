const { TestEnvironment } = require('jest-environment-node');

/**
 * Jest gives tests their own copies of the typed array classes, native addons make arrays of Node's own: ONNX Runtime
 * then refuses its own output. Here tests share Node's classes.
 */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, { Float32Array, BigInt64Array, Uint8Array });
  }
};
