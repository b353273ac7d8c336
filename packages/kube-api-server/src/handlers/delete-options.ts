import { badRequest, invalid } from '../errors/api-errors.ts';
import { unsupportedValue } from '../errors/field-problems.ts';
import { objectOr, shown, type JsonObject } from '../json/json-value.ts';
import { decodeBody } from './decode-body.ts';
import type { ResourceRequest } from './resource-request.ts';
import { readDryRun } from './write-options.ts';

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  readonly isDryRun: boolean;
  readonly propagation: Propagation;
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
}

/** From the body if there is one, else from the query. */
export function readDeleteOptions(request: ResourceRequest): DeleteOptions {
  const body =
    request.body.length === 0 ? {} : decodeBody(request.body, request.contentType).object;
  if (body.kind !== undefined && body.kind !== 'DeleteOptions') {
    throw badRequest(`the body of a DELETE must be DeleteOptions, not ${shown(body.kind)}`);
  }
  const { query } = request;
  const dryRun = Array.isArray(body.dryRun) ? body.dryRun.map(String) : query.getAll('dryRun');
  const preconditions = objectOr(body.preconditions);
  return {
    isDryRun: readDryRun(dryRun),
    propagation: readPropagation(body, query),
    uid: optionalText(preconditions.uid),
    resourceVersion: optionalText(preconditions.resourceVersion),
  };
}

function readPropagation(body: JsonObject, query: URLSearchParams): Propagation {
  if (body.orphanDependents === true || query.get('orphanDependents') === 'true') return 'Orphan';
  const value = body.propagationPolicy ?? query.get('propagationPolicy') ?? 'Background';
  switch (value) {
    case '':
    case 'Background':
      return 'Background';
    case 'Foreground':
    case 'Orphan':
      return value;
    default: {
      const allowed = ['Foreground', 'Background', 'Orphan', 'nil'];
      const problem = unsupportedValue('propagationPolicy', value, allowed);
      throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [problem]);
    }
  }
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
