// What must hold of every answer, whatever was asked.
import { EVENT_STREAM, eventFaults } from './events.mjs';
import { slateFaults } from './slate-checks.mjs';

/** Answers given before it is known which call is asked for: in no call's list. */
const OUTSIDE = new Set(['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED']);

/** Lines that say what is wrong with an answer, which may take `slowMs`; empty where nothing is. */
export function faultsOf(request, answer, { document, slowMs }) {
  if (answer.error !== undefined) return request.mayBreakOff ? [] : [`no answer: ${answer.error}`];
  const { status } = answer;
  const faults = [];
  if (status >= 500) faults.push(`${status} ${answer.json?.code ?? ''}`);
  if (answer.broken) faults.push(`the body is not JSON: ${answer.broken}`);
  if (answer.ms > slowMs) faults.push(`took ${Math.round(answer.ms)} ms`);
  if (answer.headers['x-content-type-options'] !== 'nosniff') faults.push('no X-Content-Type-Options: nosniff');
  if (status >= 400) faults.push(...problemFaults(request, answer, document));
  else if (request.operation !== undefined) faults.push(...successFaults(request, answer, document));
  return faults;
}

function problemFaults({ operation, method }, { status, headers, json }, document) {
  if (method === 'HEAD') return [];
  if (headers['content-type'] !== 'application/problem+json') return [`${status} with ${headers['content-type']}`];
  const fault = document.faultOf({ $ref: '#/components/schemas/Problem' }, json);
  if (fault !== undefined) return [`the problem does not fit its schema: ${fault}`];
  const faults = [];
  if (json.status !== status) faults.push(`the problem says ${json.status}, the answer ${status}`);
  if (json.instance !== headers['x-request-id']) faults.push('the problem is of another request');
  const listed = operation?.answers.get(status);
  if (operation !== undefined && !OUTSIDE.has(json.code)) {
    if (listed === undefined) faults.push(`${status} ${json.code} is not documented`);
    else if (!listed.codes.includes(json.code))
      faults.push(`${json.code} is not among the documented codes of ${status}`);
  }
  return faults;
}

function successFaults(request, { status, headers, json, text }, document) {
  const listed = request.operation.answers.get(status);
  if (listed === undefined) return [`${status} is not documented`];
  const [type] = (headers['content-type'] ?? '').split(';');
  const content = listed.content[type];
  const types = Object.keys(listed.content);
  if (types.length === 0) return text === '' ? [] : [`${status} has a body`];
  if (content === undefined) return [`${type || 'no body'} is not documented: ${types.join(', ')} is`];
  if (type === EVENT_STREAM) return eventFaults(text, content.schema.contentSchema, document);
  if (type !== 'application/json') return [];
  const fault = document.faultOf(content.schema, json);
  if (fault !== undefined) return [`the answer does not fit its schema: ${fault}`];
  return [...slateFaults(request, json), ...listFaults(request, json)];
}

/** What other answers promise. */
function listFaults({ operation: { id }, value, path }, json) {
  const limit = Number(/[?&]limit=(\d+)/.exec(path)?.[1] ?? NaN);
  if (id === 'suggest') {
    const texts = json.suggestions.map(({ text, kind }) => `${kind} ${text}`);
    return [...tooMany(texts, limit || 8), ...repeated(texts, 'suggestion')];
  }
  if (id === 'listJobs')
    return [
      ...tooMany(json.jobs, limit || 100),
      ...repeated(
        json.jobs.map((job) => job.id),
        'job',
      ),
    ];
  if (id === 'getItems') {
    const asked = new Set(value.ids);
    const given = [...json.items.map((item) => item.id), ...json.missing];
    return given.every((one) => asked.has(one)) ? [] : ['an item nobody asked for'];
  }
  if ('rejectedCount' in json)
    return json.rejected.length > json.rejectedCount ? ['more rows are listed than counted'] : [];
  return [];
}

const tooMany = (list, limit) => (list.length > limit ? [`${list.length} where ${limit} were asked for`] : []);
const repeated = (list, what) => (new Set(list).size < list.length ? [`a ${what} comes twice`] : []);
