import { describe, expect, it } from '@jest/globals';
import { drainTimeout } from './drain-timeout.ts';

describe('drainTimeout', () => {
  it.each<[string | undefined, number, string | undefined]>([
    [undefined, 30_000, undefined],
    ['PT2M', 120_000, undefined],
    ['PT0S', 0, undefined],
    ['90s', 30_000, 'Annotation jetmesh.dev/drain-timeout is no ISO 8601 duration: "90s".'],
  ])('of the annotation %j is %j ms', (text, timeoutMs, remark) => {
    const annotations = text === undefined ? {} : { 'jetmesh.dev/drain-timeout': text };
    const subscription = {
      apiVersion: 'eventing.kyma-project.io/v1alpha2',
      kind: 'Subscription',
      metadata: { name: 'a', annotations },
    };
    expect(drainTimeout(subscription, 30_000)).toEqual({ timeoutMs, remark });
  });
});
