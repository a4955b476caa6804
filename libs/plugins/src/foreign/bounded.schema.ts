import { z } from 'zod';

type Refuse = z.core.$RefinementCtx;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function tooMany({ addIssue }: Refuse, size: number, most: number): never {
  addIssue({ code: 'custom', message: `has ${size} members: at most ${most} are taken` });
  return z.NEVER;
}

/**
 * A list of 1 to `most` elements. Its length is looked at first, then it is read up to its first fault: a list of millions
 * that all are wrong makes one issue, not millions.
 */
export const boundedList = <S extends z.ZodType>(element: S, most: number) =>
  z.preprocess((list, context) => {
    if (!isList(list)) return list;
    if (list.length > most) return tooMany(context, list.length, most);
    const fault = list.findIndex((one) => !element.safeParse(one).success);
    return fault < 0 ? list : list.slice(0, fault + 1);
  }, z.array(element).min(1).max(most));

/** An object of at most `most` members of any name, counted before any is read. */
export const boundedRecord = <S extends z.ZodType>(member: S, most: number, name = z.string()) =>
  z.preprocess(
    (given, context) => {
      // The names of a list would be made for nothing.
      const isObject = typeof given === 'object' && given !== null && !isList(given);
      const size = isObject ? Object.keys(given).length : 0;
      return size > most ? tooMany(context, size, most) : given;
    },
    z.record(name, member),
  );
