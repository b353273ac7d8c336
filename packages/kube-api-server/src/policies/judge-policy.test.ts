import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { admissionPolicyResource } from '../registry/built-in/policy-resources.ts';
import { judgePolicy } from './judge-policy.ts';

const [version] = admissionPolicyResource.versions;
const served = { resource: admissionPolicyResource, version: version! };

function object(spec: JsonObject): KubeObject {
  return { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'it', namespace: 'shop' }, spec };
}

function judge(spec: JsonObject, value: JsonObject = {}, old?: JsonObject) {
  return judgePolicy(object(spec), {
    operation: old === undefined ? 'CREATE' : 'UPDATE',
    served,
    subresource: undefined,
    object: object(value),
    oldObject: old && object(old),
    namespaceObject: undefined,
  });
}

const denied = { message: 'no', reason: 'Invalid' };

describe('judgePolicy', () => {
  it.each<[string, JsonObject, ReturnType<typeof judge>]>([
    ['true', {}, undefined],
    ['object.spec.size < 3', { size: 2 }, undefined],
    ['object.spec.size < 3', { size: 3 }, denied],
    ['oldObject == null', {}, undefined],
    ['request.namespace == "shop" && request.operation == "CREATE"', {}, undefined],
    ["object.spec.?a[?'namespace'].orValue('none') == 'none'", {}, undefined],
    ["object.spec.?a[?'namespace'].orValue('none') == 'b'", { a: { namespace: 'b' } }, undefined],
    ["authorizer.group('').resource('pods').namespace('a').check('get').allowed()", {}, undefined],
  ])('%s of %p', (expression, value, expected) => {
    expect(judge({ validations: [{ expression, message: 'no' }] }, value)).toEqual(expected);
  });

  it('compares with the object before, by variables that see those before them', () => {
    const spec = {
      variables: [
        { name: 'old', expression: 'oldObject.spec.size' },
        { name: 'limit', expression: 'variables.old + 1' },
      ],
      validations: [
        {
          expression: 'object.spec.size <= variables.limit',
          messageExpression: "'at most ' + string(variables.limit)",
          reason: 'Forbidden',
        },
      ],
    };
    expect(judge(spec, { size: 2 }, { size: 1 })).toBeUndefined();
    expect(judge(spec, { size: 3 }, { size: 1 })).toEqual({
      message: 'at most 2',
      reason: 'Forbidden',
    });
  });

  it('does not judge what a match condition leaves out', () => {
    const matchConditions = [{ name: 'large', expression: 'object.spec.size > 5' }];
    const validations = [{ expression: 'false', message: 'no' }];
    expect(judge({ matchConditions, validations }, { size: 1 })).toBeUndefined();
    expect(judge({ matchConditions, validations }, { size: 6 })).toEqual(denied);
  });

  it('denies what it cannot evaluate, unless the policy says Ignore', () => {
    const validations = [{ expression: 'object.spec.absent > 1' }];
    expect(judge({ validations })?.message).toContain('No such key: absent');
    expect(judge({ failurePolicy: 'Ignore', validations })).toBeUndefined();
  });
});
