import { describe, expect, it } from '@jest/globals';
import { negotiate } from './negotiate.ts';

const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const discovery = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

describe('negotiate', () => {
  it.each([
    ['', { encoding: 'json', as: 'object' }],
    ['*/*', { encoding: 'json', as: 'object' }],
    ['application/json', { encoding: 'json', as: 'object' }],
    ['application/yaml', { encoding: 'yaml', as: 'object' }],
    ['application/vnd.kubernetes.protobuf, application/json', { encoding: 'json', as: 'object' }],
    [`${table},application/json`, { encoding: 'json', as: 'table' }],
    [
      table.replace('v1', 'v1beta1').concat(',application/json'),
      { encoding: 'json', as: 'object' },
    ],
    ['application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io', { as: 'metadata' }],
    [`${discovery},application/json`, { discovery: 'v2' }],
    [discovery.replace('v2', 'v2beta1'), { discovery: 'v2beta1' }],
    [`${discovery.replace('v2', 'v3')},application/json`, { discovery: undefined, as: 'object' }],
  ])('%s', (accept, rendering) => {
    expect(negotiate(accept)).toMatchObject(rendering);
  });

  it('refuses with 406 what it cannot give', () => {
    expect(() => negotiate('application/vnd.kubernetes.protobuf')).toThrow(
      'only the following media types are accepted: application/json, application/yaml',
    );
  });
});
