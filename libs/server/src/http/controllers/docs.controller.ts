import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { AttuneError } from '@attune/sdk';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DOCS_PAGE, DOCS_POLICY, docsAsset } from '../docs/docs-page.js';
import { ERROR_PAGE_POLICY, errorIndex, errorPage } from '../docs/error-page.js';
import { openApiDocument } from '../docs/openapi.document.js';
import { VERSION } from '../gateway-request.js';
import { OPERATIONS } from '../operations/operations.js';

const HTML = 'text/html; charset=utf-8';

/** The contract for people and programs; needs no key and no network. */
@Controller()
export class DocsController {
  #document: string | undefined;

  constructor(@Inject(VERSION) private readonly version: string) {}

  @Get('openapi.json')
  document(@Res() reply: FastifyReply): void {
    this.#document ??= JSON.stringify(openApiDocument(OPERATIONS, this.version));
    void reply.type('application/json').send(this.#document);
  }

  @Get('docs')
  page(@Res() reply: FastifyReply): void {
    void reply.type(HTML).header('content-security-policy', DOCS_POLICY).send(DOCS_PAGE);
  }

  @Get('docs/assets/:file')
  async asset(@Req() request: FastifyRequest<{ Params: { file: string } }>, @Res() reply: FastifyReply): Promise<void> {
    const asset = await docsAsset(request.params.file);
    if (asset === undefined) throw noPage(request.params.file);
    void reply.type(asset.type).header('cache-control', 'max-age=3600').send(asset.content);
  }

  @Get('docs/errors')
  codes(@Res() reply: FastifyReply): void {
    void reply.type(HTML).header('content-security-policy', ERROR_PAGE_POLICY).send(errorIndex());
  }

  @Get('docs/errors/:code')
  code(@Req() request: FastifyRequest<{ Params: { code: string } }>, @Res() reply: FastifyReply): void {
    const found = errorPage(request.params.code);
    if (found === undefined) throw noPage(request.params.code);
    void reply.type(HTML).header('content-security-policy', ERROR_PAGE_POLICY).send(found);
  }
}

const noPage = (name: string): AttuneError =>
  new AttuneError('ROUTE_NOT_FOUND', `there is no page '${name.slice(0, 100)}'`);
