import {
  configMapKind,
  endpointSliceKind,
  eventKind,
  leaseKind,
  namespaceKind,
  serviceKind,
  type Lease,
  type ResourceKind,
  type Service,
} from '@jetmesh/eventing-api';
import { describe, expect, it } from '@jest/globals';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { aConfigMap, type AnyList, type AnyObject } from './support/objects.ts';
import { resourcePath } from './support/resource-path.ts';

const secretKind: ResourceKind = { ...configMapKind, kind: 'Secret', plural: 'secrets' };

function coreKinds(kube: KubeFixture): void {
  const create = <T = AnyObject>(kind: ResourceKind, object: object) =>
    kube.api.send<T>('POST', resourcePath(kind, kube.namespace), { body: object });
  const get = <T = AnyObject>(kind: ResourceKind, name: string) =>
    kube.api.send<T>('GET', resourcePath(kind, kube.namespace, name));

  it('a body may be YAML', async () => {
    const { status } = await kube.api.send('POST', resourcePath(configMapKind, kube.namespace), {
      contentType: 'application/yaml',
      body: aConfigMap('a'),
    });
    expect(status).toBe(201);
  });

  describe('a Namespace', () => {
    it('is active and labelled with its name', async () => {
      const { body } = await kube.api.send<AnyObject>(
        'GET',
        resourcePath(namespaceKind, undefined, kube.namespace),
      );
      expect(body.metadata.labels).toEqual({ 'kubernetes.io/metadata.name': kube.namespace });
      expect(body.status).toEqual({ phase: 'Active' });
      expect(body.spec).toEqual({ finalizers: ['kubernetes'] });
    });

    it.each(['default', 'kube-system'])('%s is there', async (name) => {
      const { status } = await kube.api.send('GET', resourcePath(namespaceKind, undefined, name));
      expect(status).toBe(200);
    });
  });

  describe('a ConfigMap', () => {
    it('takes text only', async () => {
      const { status } = await create(configMapKind, { ...aConfigMap('a'), data: { a: 1 } });
      expect(status).toBe(400);
    });

    it('takes no key that is none', async () => {
      const { status } = await create(configMapKind, { ...aConfigMap('a'), data: { 'a b': 'c' } });
      expect(status).toBe(422);
    });
  });

  describe('a Secret', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };

    it('turns stringData into data', async () => {
      const { body } = await create(secretKind, { ...secret, stringData: { key: 'value' } });
      expect(body).toMatchObject({ type: 'Opaque', data: { key: 'dmFsdWU=' } });
      expect(body).not.toHaveProperty('stringData');
    });

    it('takes base64 only', async () => {
      expect((await create(secretKind, { ...secret, data: { key: '!' } })).status).toBe(400);
    });
  });

  describe('a Service', () => {
    const service = (spec: object) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec,
    });

    it('of type ExternalName keeps a targetPort: how a process of this machine is exposed', async () => {
      const { status, body } = await create<Service>(
        serviceKind,
        service({
          type: 'ExternalName',
          externalName: 'localhost',
          ports: [{ port: 80, targetPort: 8081 }],
        }),
      );
      expect(status).toBe(201);
      expect(body.spec).toMatchObject({
        externalName: 'localhost',
        ports: [{ port: 80, protocol: 'TCP', targetPort: 8081 }],
      });
    });

    it('gets defaults: its type, and the port as targetPort', async () => {
      const { body } = await create<Service>(serviceKind, service({ ports: [{ port: 80 }] }));
      expect(body.spec).toMatchObject({
        type: 'ClusterIP',
        ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      });
    });

    it.each([
      ['without ports', {}],
      ['with a port that is none', { ports: [{ port: 70000 }] }],
      ['of type ExternalName without a name', { type: 'ExternalName', ports: [{ port: 80 }] }],
    ])('%s is refused', async (_what, spec) => {
      expect((await create(serviceKind, service(spec))).status).toBe(422);
    });
  });

  it('an EndpointSlice with a loopback address is refused', async () => {
    const { status } = await create(endpointSliceKind, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'a', labels: { 'kubernetes.io/service-name': 'a' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['127.0.0.1'] }],
      ports: [{ port: 8080 }],
    });
    expect(status).toBe(422);
  });

  describe('a Lease', () => {
    const lease = (spec: Lease['spec']) => ({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'a' },
      spec,
    });

    it('keeps microseconds', async () => {
      const renewTime = '2026-01-01T00:00:00.123456Z';
      await create(
        leaseKind,
        lease({ holderIdentity: 'one', renewTime, leaseDurationSeconds: 15 }),
      );
      expect((await get<Lease>(leaseKind, 'a')).body.spec).toEqual({
        holderIdentity: 'one',
        renewTime,
        leaseDurationSeconds: 15,
      });
    });

    it('refuses a second claim on one look', async () => {
      const { body } = await create<Lease>(leaseKind, lease({ holderIdentity: 'one' }));
      const claim = (holderIdentity: string) =>
        kube.api.send('PUT', resourcePath(leaseKind, kube.namespace, 'a'), {
          body: { ...body, spec: { holderIdentity } },
        });
      const codes = await Promise.all([claim('two'), claim('three')]);
      expect(codes.map(({ status }) => status).sort()).toEqual([200, 409]);
    });

    it('takes no duration of zero', async () => {
      const { status } = await create(leaseKind, lease({ leaseDurationSeconds: 0 }));
      expect(status).toBe(422);
    });
  });

  describe('an Event', () => {
    const event = (name: string, namespace: string) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name },
      involvedObject: { kind: 'Trigger', name: 'orders', namespace },
      reason: 'Tested',
      message: 'm',
      type: 'Normal',
      source: { component: 'test' },
    });

    it('is found by what it is about', async () => {
      await create(eventKind, event('a', kube.namespace));
      const select = (query: string) =>
        kube.api.send<AnyList>(
          'GET',
          `${resourcePath(eventKind, kube.namespace)}?fieldSelector=${query}`,
        );
      const found = await select('involvedObject.kind%3DTrigger,involvedObject.name%3Dorders');
      expect(found.body.items).toHaveLength(1);
      const other = await select('involvedObject.name%3Dother');
      expect(other.body.items).toHaveLength(0);
    });

    it('about another Namespace is refused', async () => {
      expect((await create(eventKind, event('a', 'default'))).status).toBe(422);
    });
  });

  it('a review of one’s own access allows an administrator everything', async () => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const { status, body } = await kube.api.send<AnyObject>('POST', path, {
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb: 'create', resource: 'triggers' } },
      },
    });
    expect(status).toBe(201);
    expect(body.status).toMatchObject({ allowed: true });
  });
}

describeOnKubeApis('core kinds', coreKinds);
