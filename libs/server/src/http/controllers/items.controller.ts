import { Controller, Inject, Req } from '@nestjs/common';
import type { Item } from '@attune/sdk';
import type { Platform } from '../../platform/tenant-platform.js';
import { deleteOne, getAll, getOne, patchOne, putAll } from '../calls/catalogue.js';
import { deleteMany } from '../calls/delete-items.js';
import { syncItems as syncAll } from '../calls/sync-items.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import {
  deleteItem,
  deleteItems,
  getItem,
  getItems,
  patchItem,
  putItems,
  syncItems,
  type ItemsReceipt,
  type SyncReceipt,
} from '../operations/items.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class ItemsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(putItems)
  put(@Req() { tenant, body }: GatewayRequest): Promise<ItemsReceipt> {
    return putAll(body, tenant);
  }

  @Handles(syncItems)
  sync(@Req() { tenant, body, query }: GatewayRequest): Promise<SyncReceipt> {
    const { maxRetiredShare } = parsed(syncItems.query, query);
    return syncAll(body, { maxRetiredShare, now: () => this.platform.clock.now() }, tenant);
  }

  @Handles(getItems)
  getMany(@Req() { tenant, body }: GatewayRequest): ReturnType<typeof getAll> {
    return getAll(parsed(getItems.body, body).ids, tenant);
  }

  @Handles(deleteItems)
  deleteMany(@Req() { tenant, body }: GatewayRequest): ReturnType<typeof deleteMany> {
    return deleteMany(parsed(deleteItems.body, body), this.platform.config.attributes, tenant);
  }

  @Handles(getItem)
  get(@Req() { tenant, params }: GatewayRequest): Promise<Item> {
    return getOne(params.id, tenant);
  }

  @Handles(patchItem)
  patch(@Req() { tenant, params, body }: GatewayRequest): Promise<Item> {
    return patchOne(params.id, parsed(patchItem.body, body), tenant);
  }

  @Handles(deleteItem)
  delete(@Req() { tenant, params }: GatewayRequest): Promise<void> {
    return deleteOne(params.id, tenant);
  }
}
