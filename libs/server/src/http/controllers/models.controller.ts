import { Controller, Req } from '@nestjs/common';
import { importModel } from '../../models/import-model.js';
import type { ImportedModel } from '../../models/model-import.schema.js';
import type { GatewayRequest } from '../gateway-request.js';
import { modelNameSchema, putModel } from '../operations/models.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class ModelsController {
  @Handles(putModel)
  put(@Req() { tenant, params, body }: GatewayRequest<'name'>): Promise<ImportedModel> {
    return importModel(parsed(modelNameSchema, params.name), parsed(putModel.body, body), tenant);
  }
}
