import type { Objective } from './objective.js';

/** Keeps the score that all rows start from finite where all targets are 0 or all are 1. */
const LEAST_CHANCE = 1e-6;

/**
 * Log loss of 1 / (1 + e^−score) against chances.
 * @param targets 0..1, usually 0 or 1
 */
export function logisticObjective(targets: Float32Array): Objective {
  const chance = Math.min(Math.max(mean(targets), LEAST_CHANCE), 1 - LEAST_CHANCE);
  return {
    start: Math.log(chance / (1 - chance)),
    loss: (scores) => {
      let sum = 0;
      for (let row = 0; row < scores.length; row++) {
        const score = scores[row]!;
        sum += Math.max(score, 0) - score * targets[row]! + Math.log1p(Math.exp(-Math.abs(score)));
      }
      return sum / scores.length;
    },
    derive: (scores, gradients, hessians) => {
      for (let row = 0; row < scores.length; row++) {
        const p = 1 / (1 + Math.exp(-scores[row]!));
        gradients[row] = p - targets[row]!;
        hessians[row] = p * (1 - p);
      }
    },
  };
}

/** Half the squared error; its loss is reported as the mean squared error. */
export function squaredObjective(targets: Float32Array): Objective {
  return {
    start: mean(targets),
    loss: (scores) => {
      let sum = 0;
      for (let row = 0; row < scores.length; row++) sum += (scores[row]! - targets[row]!) ** 2;
      return sum / scores.length;
    },
    derive: (scores, gradients, hessians) => {
      for (let row = 0; row < scores.length; row++) gradients[row] = scores[row]! - targets[row]!;
      hessians.fill(1);
    },
  };
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
