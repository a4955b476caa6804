import type { ElasticsearchConnection } from '../client.js';
import type { ItemDocuments } from './item-documents.js';
import type { VectorField } from './vector.field.js';

/** With as many vectors of 384 dims comparing all costs as much as a graph, and finds all there are: `docs/adr/0029`. */
const GRAPH_FROM = 50_000;
/** How many vectors are written between two looks at the size. */
const LOOK_EVERY = 1_000;

export interface NeighborGraphsOptions {
  readonly connection: ElasticsearchConnection;
  readonly documents: ItemDocuments;
  /** How many items there are. */
  readonly size: () => Promise<number>;
  /** With how many items a graph is made, default 50,000. */
  readonly graphFrom?: number | undefined;
}

/**
 * Gives fields a graph of neighbors once the catalogue is large. Vectors written from then on are in it, those before as
 * their segments merge; until then they are compared one by one. Nobody who searches has to know.
 */
export class NeighborGraphs {
  /** Vectors written since the last look; a field that nothing was written of is looked at first. */
  private readonly written = new Map<VectorField, number>();
  /** Those that have their graph: it stays. */
  private readonly grown = new Set<VectorField>();

  constructor(private readonly options: NeighborGraphsOptions) {}

  /** After so many more vectors of a field were written. What fails here is tried again with later ones. */
  async keepUp(field: VectorField, vectors: number): Promise<void> {
    if (field.grown === undefined || this.grown.has(field)) return;
    const { connection, documents, size, graphFrom = GRAPH_FROM } = this.options;
    const written = (this.written.get(field) ?? LOOK_EVERY) + vectors;
    this.written.set(field, written % LOOK_EVERY);
    if (written < LOOK_EVERY) return;
    try {
      if ((await size()) < graphFrom) return;
      const properties = { [field.name]: field.grown };
      await connection.define((client) => client.indices.putMapping({ index: documents.index, properties }));
      this.grown.add(field);
    } catch {
      this.written.delete(field);
    }
  }
}
