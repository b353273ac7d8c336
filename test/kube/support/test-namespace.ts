import { namespaceKind } from '@jetmesh/eventing-api';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ApiClient } from './api-client.ts';
import { resourcePath } from './resource-path.ts';

/** A new Namespace with a name of its own; it goes with its server. */
export async function createTestNamespace(api: ApiClient): Promise<string> {
  const name = `test-${randomUUID().slice(0, 8)}`;
  const { status } = await api.send('POST', resourcePath(namespaceKind), {
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
  assert.equal(status, 201);
  return name;
}
