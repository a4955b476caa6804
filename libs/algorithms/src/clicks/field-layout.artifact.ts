import type { Artifact, ArtifactArray, Json } from '../artifact.codec.js';
import type { FieldLayout, PlacedField } from './field.layout.js';

/** A layout as members of an artifact's `meta`, and arrays: `places0`, … of the fields that are categories. */
export function layoutParts({ fields, rows, width }: FieldLayout): {
  readonly meta: Readonly<Record<'rows' | 'width' | 'fields', Json>>;
  readonly arrays: Record<string, ArtifactArray>;
} {
  const places = fields.map((field, at) => [placesName(at), field.places] as const);
  const known = places.filter((one): one is readonly [string, Int32Array] => one[1] !== undefined);
  return {
    meta: { rows, width, fields: fields.map(({ cold, slots, mean, deviation }) => ({ cold, slots, mean, deviation })) },
    arrays: Object.fromEntries(known),
  };
}

const placesName = (field: number): string => `places${field}`;

/** The layout of an artifact that has its parts; arrays are views. */
export function layoutOfParts({ meta, arrays }: Pick<Artifact, 'meta' | 'arrays'>): FieldLayout {
  const { rows, width, fields } = meta as unknown as FieldLayout;
  const placed = fields.map(({ cold, slots, mean, deviation }, at): PlacedField => {
    const places = arrays[placesName(at)];
    return { cold, slots, mean, deviation, places: places instanceof Int32Array ? places : undefined };
  });
  return { rows, width, fields: placed };
}
