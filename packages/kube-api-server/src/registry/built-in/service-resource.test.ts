import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../object/kube-object.ts';
import { serviceResource } from './service-resource.ts';

const metadata = { name: 'a', namespace: 'shop' };

function service(spec: object): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type: 'ClusterIP', ...spec },
  };
}

describe('a Service', () => {
  const { strategy } = serviceResource;
  const create = (spec: object, peers: KubeObject[] = []) => {
    const complete = strategy.setDefaults?.(service(spec)) ?? service(spec);
    return strategy.prepareCreate?.(complete, () => peers);
  };

  it('gets an address that no other has', () => {
    const first = create({ ports: [{ port: 80 }] });
    expect(first).toMatchObject({
      spec: {
        clusterIP: '10.96.0.10',
        clusterIPs: ['10.96.0.10'],
        ports: [{ port: 80, targetPort: 80 }],
      },
      status: { loadBalancer: {} },
    });
    expect(create({}, [first!])).toMatchObject({ spec: { clusterIP: '10.96.0.11' } });
  });

  it('keeps its address', () => {
    const previous = create({ ports: [{ port: 80 }] })!;
    const next = strategy.prepareUpdate?.(service({ ports: [{ port: 81 }] }), previous, () => [
      previous,
    ]);
    expect(next).toMatchObject({ spec: { clusterIP: '10.96.0.10' } });
  });

  it('gets node ports when its type has them', () => {
    const first = create({
      type: 'NodePort',
      ports: [{ port: 80 }, { port: 81, nodePort: 31000 }],
    })!;
    expect(first).toMatchObject({ spec: { ports: [{ nodePort: 30000 }, { nodePort: 31000 }] } });
    const second = create({ type: 'LoadBalancer', ports: [{ port: 80 }] }, [first]);
    expect(second).toMatchObject({ spec: { ports: [{ nodePort: 30001 }] } });
  });

  it('loses what was allocated for a type that it no longer has', () => {
    const previous = create({ type: 'NodePort', ports: [{ port: 80 }] })!;
    const external = { ...(previous.spec as object), type: 'ExternalName', externalName: 'a.b' };
    const next = strategy.prepareUpdate?.(service(external), previous, () => [previous]);
    expect(next?.spec).toEqual({
      type: 'ExternalName',
      externalName: 'a.b',
      ports: [{ port: 80, targetPort: 80 }],
    });
  });

  it('has no address when it is a name elsewhere', () => {
    expect(create({ type: 'ExternalName', externalName: 'localhost' })?.spec).toEqual({
      type: 'ExternalName',
      externalName: 'localhost',
    });
  });

  it.each<[object, string[]]>([
    [{ clusterIP: 'None' }, []],
    [{ type: 'ExternalName' }, ['spec.externalName']],
    [{ type: 'Other', ports: [] }, ['spec.type', 'spec.ports']],
    [{ ports: [{ port: 0, protocol: 'TCP' }] }, ['spec.ports[0].port']],
    [{ ports: [{ port: 80, protocol: 'HTTP' }] }, ['spec.ports[0].protocol']],
    [
      {
        ports: [
          { port: 80, protocol: 'TCP', name: 'A' },
          { port: 81, protocol: 'TCP' },
        ],
      },
      ['spec.ports[0].name', 'spec.ports[1].name'],
    ],
    [
      {
        ports: [
          { port: 80, protocol: 'TCP', name: 'a' },
          { port: 80, protocol: 'TCP', name: 'b' },
          { port: 80, protocol: 'UDP', name: 'a' },
        ],
      },
      ['spec.ports[1]', 'spec.ports[2].name'],
    ],
  ])('with the spec %j has problems at %p', (spec, fields) => {
    const problems = strategy.validate?.(service(spec), undefined) ?? [];
    expect(problems.map(({ field }) => field)).toEqual(fields);
  });
});
