import { beforeEach, describe, expect, it } from '@jest/globals';
import { confirmGroups } from './confirm-groups.ts';

describe('confirmGroups', () => {
  let steps: string[];
  let isLive: boolean;
  let change: (isLive: boolean) => void;
  let refreshed: (() => void)[];

  beforeEach(() => {
    steps = [];
    isLive = true;
    refreshed = [];
    confirmGroups({
      registry: {
        get isLive() {
          return isLive;
        },
        onLiveChange(listener) {
          change = (live) => {
            isLive = live;
            listener(live);
          };
          return () => undefined;
        },
      },
      triggers: { refresh: () => new Promise((resolve) => refreshed.push(resolve)) },
      applyChanges: () => steps.push('apply'),
      logger: { info: () => undefined },
      groups: { pause: () => steps.push('pause'), resume: () => steps.push('resume') },
    });
  });

  async function refresh(): Promise<void> {
    refreshed.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  it('hands out once the Triggers were listed after it had joined', async () => {
    expect(steps).toEqual([]);
    await refresh();
    expect(steps).toEqual(['apply', 'resume']);
  });

  it('stops with its heartbeat, and goes on only with Triggers that were listed and applied after that', async () => {
    await refresh();
    steps = [];
    change(false);
    change(true);
    expect(steps).toEqual(['pause']);
    await refresh();
    expect(steps).toEqual(['pause', 'apply', 'resume']);
  });

  it('does not trust a list from before the last lapse', async () => {
    change(false);
    change(true);
    await refresh();
    expect(steps).toEqual(['pause', 'apply']);
    await refresh();
    expect(steps).toEqual(['pause', 'apply', 'apply', 'resume']);
  });
});
