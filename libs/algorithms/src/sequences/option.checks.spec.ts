import { checkOptions, type CheckedOptions } from './option.checks.js';

it('takes what is in bounds', () => {
  const sound = {
    whole: { epochs: 1 },
    whole0: { burnIn: 0 },
    from0: { rate: 0 },
    above0: { scale: 1e-9 },
    shares: { dropout: 0 },
  };
  expect(checkOptions(sound)).toBeUndefined();
  expect(checkOptions({})).toBeUndefined();
});

it.each<[CheckedOptions, string]>([
  [{ whole: { epochs: 2, batch: 0 } }, 'batch must be a whole number from 1, got 0'],
  [{ whole: { batch: 1.5 } }, 'batch must be a whole number from 1, got 1.5'],
  [{ whole0: { burnIn: -1 } }, 'burnIn must be a whole number from 0, got -1'],
  [{ whole0: { burnIn: 0.5 } }, 'burnIn must be a whole number from 0, got 0.5'],
  [{ from0: { rate: -1 } }, 'rate must be a number from 0, got -1'],
  [{ from0: { rate: Infinity } }, 'rate must be a number from 0, got Infinity'],
  [{ above0: { scale: 0 } }, 'scale must be above 0, got 0'],
  [{ above0: { scale: NaN } }, 'scale must be above 0, got NaN'],
  [{ shares: { dropout: 1 } }, 'dropout must be from 0 to below 1, got 1'],
])('refuses %j', (options, message) => {
  expect(() => checkOptions(options)).toThrow(new RangeError(message));
});
