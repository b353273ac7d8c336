import { describe, expect, it, jest } from '@jest/globals';
import type { RouteTable } from './route-table.ts';
import { RoutesInUse } from './routes-in-use.ts';

function table(generations: Record<string, number>): RouteTable {
  const bus = { kind: 'unaddressed', key: 'kyma-system/event-bus', reason: '' } as const;
  return { applications: new Map(), bus, generations: new Map(Object.entries(generations)) };
}

describe('RoutesInUse', () => {
  it('confirms a new generation at once when no request is under way', () => {
    const onConfirmed = jest.fn();
    const routes = new RoutesInUse(table({ 'a/x': 1 }), onConfirmed);
    routes.replace(table({ 'a/x': 2, 'a/y': 7 }));
    expect(routes.confirmedGenerations()).toEqual({ 'a/x': 2, 'a/y': 7 });
    expect(onConfirmed).toHaveBeenCalledTimes(1);
  });

  it('holds a generation back until the requests of every older one have ended', () => {
    const onConfirmed = jest.fn();
    const routes = new RoutesInUse(table({ 'a/x': 1 }), onConfirmed);
    const first = routes.enter();
    routes.replace(table({ 'a/x': 2 }));
    const second = routes.enter();
    routes.replace(table({ 'a/x': 3 }));
    const third = routes.enter();
    onConfirmed.mockClear();
    expect(routes.confirmedGenerations()).toEqual({ 'a/x': 1 });
    routes.leave(first);
    expect(routes.confirmedGenerations()).toEqual({ 'a/x': 2 });
    routes.leave(second);
    expect(routes.confirmedGenerations()).toEqual({ 'a/x': 3 });
    expect(onConfirmed).toHaveBeenCalledTimes(2);
    routes.leave(third);
    expect(onConfirmed).toHaveBeenCalledTimes(2);
  });

  it('drops an HTTPSource that is gone, and an older request does not hold back a new one', () => {
    const routes = new RoutesInUse(table({ 'a/gone': 1 }), () => undefined);
    routes.enter();
    routes.replace(table({ 'a/new': 4 }));
    expect(routes.confirmedGenerations()).toEqual({ 'a/new': 4 });
  });
});
