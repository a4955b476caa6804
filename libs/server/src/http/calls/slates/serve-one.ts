import type { EngineRequest, ServedSlate } from '@attune/engine';
import type { SlateRequest } from '@attune/sdk';
import type { Asking } from './asking.js';

/** A request with the surface and the models it is served by. */
export interface Addressed {
  readonly surface: string;
  readonly artifacts: SlateRequest['artifacts'];
  readonly request: EngineRequest;
}

/** One slate. Throws SURFACE_NOT_FOUND, ARTIFACT_NOT_FOUND. */
export async function serveOne({ surface, artifacts, request }: Addressed, { tenant }: Asking): Promise<ServedSlate> {
  const [served] = await tenant.slates.engines.with(artifacts, (engine) => engine.serve(surface, [request]));
  if (served === undefined) throw new Error(`surface '${surface}' served no slate`);
  return served;
}
