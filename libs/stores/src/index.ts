export { DataFolderError, type DataFolderErrorCode } from './embedded/folder/data-folder.error.js';
export { openDataFolder, type DataFolder, type DataFolderOptions } from './embedded/folder/data-folder.js';
export type { FolderOwner } from './embedded/folder/folder-owner.js';
export { DurableLog, type DurableLogOptions, type LogStats } from './embedded/log/durable-log.js';
export { MAX_RECORD_BYTES, type LogRecord } from './embedded/log/record-line.codec.js';
export type { ArtifactCodec, ArtifactContent } from './embedded/artifacts/artifact.codec.js';
export type { StoredSpace } from './embedded/items/vector.space.js';
export { openEmbeddedStores, type EmbeddedStores, type EmbeddedStoresOptions } from './embedded/stores.adapter.js';
export type { TenantOptions } from './embedded/tenant-stores.adapter.js';
