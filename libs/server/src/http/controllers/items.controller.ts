import { Controller, Req } from '@nestjs/common';
import type { Item } from '@attune/sdk';
import { deleteOne, getAll, getOne, patchOne, putAll } from '../calls/catalogue.js';
import type { GatewayRequest } from '../gateway-request.js';
import {
  deleteItem,
  deleteItems,
  getItem,
  getItems,
  patchItem,
  putItems,
  type ItemsReceipt,
} from '../operations/items.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class ItemsController {
  @Handles(putItems)
  put(@Req() { tenant, body }: GatewayRequest): Promise<ItemsReceipt> {
    return putAll(body, tenant);
  }

  @Handles(getItems)
  getMany(@Req() { tenant, body }: GatewayRequest): ReturnType<typeof getAll> {
    return getAll(parsed(getItems.body, body).ids, tenant);
  }

  @Handles(deleteItems)
  async deleteMany(@Req() { tenant, body }: GatewayRequest): Promise<{ readonly deleted: number }> {
    return { deleted: await tenant.stores.items.delete(parsed(deleteItems.body, body).ids) };
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
