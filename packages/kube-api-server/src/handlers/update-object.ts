import { admitFields } from '../admission/admit-fields.ts';
import { invalid } from '../errors/api-errors.ts';
import { invalidValue } from '../errors/field-problems.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiContext } from './api-context.ts';
import { changeObject } from './change-object.ts';
import { decodeBody } from './decode-body.ts';
import { managersAfterUpdate } from './managers-of.ts';
import { fitToPath } from './read-object.ts';
import type { ResourceRequest } from './resource-request.ts';
import { readWriteOptions } from './write-options.ts';

/** PUT of a whole object, or of its status. */
export async function updateObject(api: ApiContext, request: ResourceRequest): Promise<ApiAnswer> {
  const { served } = request;
  const options = readWriteOptions(request.query, request.userAgent);
  const decoded = decodeBody(request.body, request.contentType);
  const body = fitToPath(decoded.object, request);
  const admission = { fieldValidation: options.fieldValidation, complaints: decoded.complaints };
  const admitted = admitFields(body, served, admission);
  const { resourceVersion = '' } = admitted.object.metadata;
  if (served.resource.isCustom && resourceVersion === '') {
    const problem = invalidValue('metadata.resourceVersion', 0, 'must be specified for an update');
    throw invalid(served.resource, request.name ?? '', [problem]);
  }
  const { object, warnings } = await changeObject(api, request, {
    isDryRun: options.isDryRun,
    want: (current) => ({
      ...admitted,
      managers: managersAfterUpdate(api, request, { current, wanted: admitted.object, options }),
    }),
  });
  return { kind: 'object', code: 200, served, object, warnings };
}
