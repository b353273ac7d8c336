import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../object/kube-object.ts';
import { secretStrategy } from './secret-strategy.ts';

const metadata = { name: 'a', namespace: 'shop' };

function secret(more: object): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata, ...more };
}

describe('a Secret', () => {
  it('keeps text as base64, and is Opaque without a type', () => {
    const kept = secretStrategy.setDefaults?.(
      secret({ stringData: { a: 'x' }, data: { b: 'eQ==' } }),
    );
    expect(kept).toEqual(secret({ data: { a: 'eA==', b: 'eQ==' }, type: 'Opaque' }));
  });

  it('keeps its type', () => {
    const problems = secretStrategy.validate?.(secret({ type: 'a' }), secret({ type: 'b' }));
    expect(problems).toMatchObject([{ field: 'type' }]);
  });
});
