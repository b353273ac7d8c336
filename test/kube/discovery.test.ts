import { apiVersionOf, customResourceDefinitions, triggerKind } from '@jetmesh/eventing-api';
import { describe, expect, it } from '@jest/globals';
import { untilHolds } from '../support/until-holds.ts';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import type { AnyObject } from './support/objects.ts';
import { TriggerRequests } from './support/trigger-requests.ts';

const aggregated =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

interface GroupDiscovery {
  readonly metadata: { name: string };
  readonly versions: { version: string; resources: ResourceDiscovery[] }[];
}

interface ResourceDiscovery {
  readonly resource: string;
  readonly scope: string;
  readonly singularResource: string;
  readonly verbs: string[];
  readonly shortNames?: string[];
  readonly categories?: string[];
  readonly subresources?: { subresource: string; verbs: string[] }[];
}

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: { name: string; kind: string; namespaced: boolean; verbs: string[] }[];
}

interface OpenApiDocument {
  readonly components: {
    schemas: Record<string, { 'x-kubernetes-group-version-kind'?: object[] }>;
  };
}

interface Table {
  readonly kind: string;
  readonly columnDefinitions: { name: string; type: string; priority: number }[];
  readonly rows: { cells: unknown[]; object: AnyObject }[];
}

const groups = [...new Set(customResourceDefinitions.map(({ spec }) => spec.group))].sort();

/** As the API orders them: stable ones first, then the newest. */
const versionOrder = ['v1', 'v1beta3', 'v1beta2', 'v1alpha2', 'v1alpha1'];

function versionsOf(group: string): string[] {
  const defined = customResourceDefinitions
    .filter(({ spec }) => spec.group === group)
    .flatMap(({ spec }) => spec.versions.map(({ name }) => name));
  return versionOrder.filter((version) => defined.includes(version));
}

function discovery(kube: KubeFixture): void {
  const triggers = new TriggerRequests(kube);

  describe('aggregated discovery', () => {
    const ours = async () => {
      const { body } = await kube.api.send<{ kind: string; items: GroupDiscovery[] }>(
        'GET',
        '/apis',
        { accept: aggregated },
      );
      expect(body.kind).toBe('APIGroupDiscoveryList');
      return body.items.filter(({ metadata }) => groups.includes(metadata.name));
    };

    it('has our groups with every version', async () => {
      const found = (await ours()).map(({ metadata, versions }) => [
        metadata.name,
        versions.map(({ version }) => version),
      ]);
      expect(found).toEqual(groups.map((group) => [group, versionsOf(group)]));
    });

    it('describes a kind with its verbs, names and subresources', async () => {
      const eventing = (await ours()).find(
        ({ metadata }) => metadata.name === 'eventing.kyma-project.io',
      );
      const subscription = eventing?.versions[0]?.resources[0];
      expect({ ...subscription, verbs: [...(subscription?.verbs ?? [])].sort() }).toMatchObject({
        resource: 'subscriptions',
        responseKind: {
          group: 'eventing.kyma-project.io',
          version: 'v1alpha2',
          kind: 'Subscription',
        },
        scope: 'Namespaced',
        singularResource: 'subscription',
        shortNames: ['sub'],
        categories: ['all', 'kyma-eventing'],
        verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      });
      expect(subscription?.subresources).toEqual([
        expect.objectContaining({ subresource: 'status' }),
      ]);
    });

    it('has the core kinds that controllers use', async () => {
      const { body } = await kube.api.send<{ items: GroupDiscovery[] }>('GET', '/api', {
        accept: aggregated,
      });
      const names = body.items[0]?.versions[0]?.resources.map(({ resource }) => resource);
      const needed = [
        'namespaces',
        'services',
        'configmaps',
        'secrets',
        'events',
        'serviceaccounts',
      ];
      expect(names).toEqual(expect.arrayContaining(needed));
    });
  });

  describe('legacy discovery', () => {
    it('lists groups', async () => {
      const { body } = await kube.api.send<{ kind: string; groups: { name: string }[] }>(
        'GET',
        '/apis',
      );
      expect(body.kind).toBe('APIGroupList');
      expect(body.groups.map(({ name }) => name)).toEqual(expect.arrayContaining(groups));
    });

    it('lists the resources of a version, subresources included', async () => {
      const { body } = await kube.api.send<ResourceList>('GET', '/apis/eventing.knative.dev/v1');
      expect(body.groupVersion).toBe('eventing.knative.dev/v1');
      expect(body.resources.map(({ name, kind }) => `${name} ${kind}`).sort()).toEqual([
        'brokers Broker',
        'brokers/status Broker',
        'triggers Trigger',
        'triggers/status Trigger',
      ]);
    });

    it('has versions of the core group', async () => {
      const { body } = await kube.api.send<{ versions: string[] }>('GET', '/api');
      expect(body.versions).toEqual(['v1']);
    });
  });

  describe('OpenAPI', () => {
    // A real server publishes the schema of a definition a while after it serves it.
    it('v3 has a document for each of our versions, with the schema of each kind', async () => {
      type Index = { paths: Record<string, { serverRelativeURL: string }> };
      await untilHolds(async () => {
        const { body: index } = await kube.api.send<Index>('GET', '/openapi/v3');
        for (const { spec } of customResourceDefinitions) {
          for (const { name: version } of spec.versions) {
            const url = index.paths[`apis/${spec.group}/${version}`]?.serverRelativeURL ?? '';
            const { body } = await kube.api.send<Partial<OpenApiDocument>>('GET', url);
            const kinds = Object.values(body.components?.schemas ?? {}).flatMap(
              (schema) => schema['x-kubernetes-group-version-kind'] ?? [],
            );
            expect(kinds).toContainEqual({ group: spec.group, kind: spec.names.kind, version });
          }
        }
      });
    });

    it('v3 tells clients that fieldValidation is understood', async () => {
      await untilHolds(async () => {
        const { body } = await kube.api.send('GET', '/openapi/v3/apis/eventing.knative.dev/v1');
        expect(JSON.stringify(body)).toContain('"name":"fieldValidation"');
      });
    });

    it('v2 has our kinds, for older clients', async () => {
      await untilHolds(async () => {
        const { status, body } = await kube.api.send('GET', '/openapi/v2');
        expect(status).toBe(200);
        expect(JSON.stringify(body)).toContain('"dev.knative.eventing.v1.Trigger"');
      });
    });
  });

  describe('a table', () => {
    it('has the columns of the definition and a row an object', async () => {
      await triggers.created('a');
      const { body } = await kube.api.send<Table>('GET', triggers.collection(), { accept: table });
      expect(body.kind).toBe('Table');
      expect(body.columnDefinitions.map(({ name, type }) => `${name} ${type}`)).toEqual([
        'Name string',
        'Broker string',
        'Subscriber_URI string',
        'Age date',
        'Ready string',
        'Reason string',
      ]);
      expect(body.rows).toHaveLength(1);
      expect(body.rows[0]?.cells).toEqual([
        'a',
        'default',
        null,
        expect.stringMatching(/^\d+s$/),
        null,
        null,
      ]);
      expect(body.rows[0]?.object).toMatchObject({
        kind: 'PartialObjectMetadata',
        metadata: { name: 'a' },
      });
    });

    it('can have whole objects', async () => {
      await triggers.created('a');
      const path = triggers.collection('?includeObject=Object');
      const { body } = await kube.api.send<Table>('GET', path, { accept: table });
      expect(body.rows[0]?.object).toMatchObject({
        apiVersion: apiVersionOf(triggerKind),
        spec: { broker: 'default' },
      });
    });
  });

  it('metadata alone is given when asked', async () => {
    await triggers.created('a');
    const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
    const { body } = await kube.api.send<AnyObject>('GET', triggers.path('a'), { accept });
    expect(body).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'a' } });
    expect(body.spec).toBeUndefined();
  });

  it('the version is one that kubectl understands', async () => {
    const { body } = await kube.api.send<Record<string, string>>('GET', '/version');
    expect(body).toMatchObject({
      major: '1',
      minor: expect.stringMatching(/^\d+/),
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/),
    });
  });
}

describeOnKubeApis('discovery', discovery);
