import {
  admissionPolicies,
  admissionPolicyBindingKind,
  admissionPolicyKind,
  brokerClassAnnotation,
  brokerKind,
  triggerKind,
  type KubernetesObject,
} from '@jetmesh/eventing-api';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { resourcePath } from './support/resource-path.ts';
import { createTestNamespace } from './support/test-namespace.ts';

/** Puts every policy in force; a server takes a moment to notice one. */
async function installPolicies({ api }: KubeFixture): Promise<void> {
  for (const { policy, binding } of admissionPolicies) {
    const policies = `${resourcePath(admissionPolicyKind)}?fieldValidation=Strict`;
    const bindings = `${resourcePath(admissionPolicyBindingKind)}?fieldValidation=Strict`;
    expect(await api.send('POST', policies, { body: policy })).toMatchObject({ status: 201 });
    expect(await api.send('POST', bindings, { body: binding })).toMatchObject({ status: 201 });
  }
  const namespace = await createTestNamespace(api);
  const broker = resourcePath(brokerKind, namespace);
  await api.send('POST', broker, { body: brokerOf('probe', { [brokerClassAnnotation]: 'a' }) });
  // Another value each time: a patch that changes nothing is never refused.
  let attempt = 0;
  await eventually(async () => {
    attempt += 1;
    const annotations = { [brokerClassAnnotation]: `class-${attempt}` };
    const { status } = await patch(api, `${broker}/probe`, annotations);
    return status === 422;
  });
}

function patch(api: KubeFixture['api'], path: string, annotations: object) {
  const body = { metadata: { annotations } };
  return api.send('PATCH', path, { body, contentType: 'application/merge-patch+json' });
}

function brokerOf(name: string, annotations?: Record<string, string>): KubernetesObject {
  const metadata = { name, ...(annotations === undefined ? {} : { annotations }) };
  return { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', metadata };
}

function triggerOf(name: string, namespace: string): object {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name },
    spec: {
      brokerRef: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'bus', namespace },
      subscriber: { uri: 'http://example.com' },
    },
  };
}

describeOnKubeApis('the policies', (kube) => {
  beforeAll(() => installPolicies(kube), 60_000);

  describe('of the class of a Broker', () => {
    const denial = 'Immutable annotations changed (-old +new): annotations';

    it.each([{ [brokerClassAnnotation]: 'other' }, { [brokerClassAnnotation]: null }])(
      'refuses %p after Jetmesh, in the words of a real server',
      async (annotations) => {
        const path = resourcePath(brokerKind, kube.namespace);
        const body = brokerOf('classed', { [brokerClassAnnotation]: 'Jetmesh' });
        await kube.api.send('POST', path, { body });
        const refused = await patch(kube.api, `${path}/classed`, annotations);
        const cause = `ValidatingAdmissionPolicy 'broker-class.jetmesh.dev' with binding 'broker-class.jetmesh.dev' denied request: ${denial}`;
        expect(refused.status).toBe(422);
        expect(refused.body).toMatchObject({
          reason: 'Invalid',
          message: `brokers.eventing.knative.dev "classed" is forbidden: ${cause}`,
          details: { name: 'classed', kind: 'brokers', causes: [{ message: cause }] },
        });
      },
    );

    it('lets an absent class be set, and everything else be changed', async () => {
      const path = resourcePath(brokerKind, kube.namespace);
      await kube.api.send('POST', path, { body: brokerOf('unclassed') });
      const set = await patch(kube.api, `${path}/unclassed`, {
        [brokerClassAnnotation]: 'Jetmesh',
      });
      expect(set.status).toBe(200);
      const other = await patch(kube.api, `${path}/unclassed`, { other: 'x' });
      expect(other.status).toBe(200);
    });
  });

  describe('of a Broker of another Namespace', () => {
    it('let an administrator name it, and anybody change the rest afterwards', async () => {
      const path = resourcePath(triggerKind, kube.namespace);
      const created = await kube.api.send('POST', path, { body: triggerOf('free', 'elsewhere') });
      expect(created.status).toBe(201);
      expect((await patch(kube.api, `${path}/free`, { other: 'x' })).status).toBe(200);
    });
  });
});

describeOnKubeApis('the authorizer', (kube) => {
  beforeAll(() => installPolicies(kube), 60_000);

  it('is asked for knsubscribe on a Broker of another Namespace, where users have rights', async () => {
    const { api, namespace } = kube;
    const path = resourcePath(triggerKind, namespace);
    await grant(kube, namespace, { resources: ['triggers'], verbs: ['create', 'patch', 'get'] });
    const create = (name: string) =>
      api.send('POST', path, { body: triggerOf(name, 'brokers'), as: 'jane' });
    if (kube.access.token === undefined) {
      // Whoever is let in to the embedded server may do everything.
      expect((await create('embedded')).status).toBe(201);
      return;
    }
    await createNamespace(kube, 'brokers');
    await eventually(async () => {
      const { status, body } = await create('refused');
      expect(body).toMatchObject({ reason: 'Forbidden' });
      expect(body.message).toContain(
        'user jane is not authorized to get target resource in namespace: brokers',
      );
      return status === 403;
    });
    await grant(kube, 'brokers', { resources: ['brokers'], verbs: ['knsubscribe'] });
    await eventually(async () => (await create('allowed')).status === 201);
  });
});

async function createNamespace({ api }: KubeFixture, name: string): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  await api.send('POST', '/api/v1/namespaces', { body });
}

/** Rights of the user jane in a Namespace. */
async function grant(
  { api }: KubeFixture,
  namespace: string,
  { resources, verbs }: { resources: string[]; verbs: string[] },
): Promise<void> {
  const base = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = { name: 'jane' };
  const rules = [{ apiGroups: ['eventing.knative.dev'], resources, verbs }];
  await api.send('POST', `${base}/roles`, {
    body: { apiVersion, kind: 'Role', metadata, rules },
  });
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'jane' };
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }];
  await api.send('POST', `${base}/rolebindings`, {
    body: { apiVersion, kind: 'RoleBinding', metadata, roleRef, subjects },
  });
}
