import { describe, expect, it } from '@jest/globals';
import {
  cleanEventType,
  cleanPrefixedType,
  exactSubject,
  legacyExactSubject,
  standardSubject,
} from './kyma-subjects.ts';

describe('standardSubject', () => {
  it.each([
    ['myapp', 'order.created.v1', 'kyma.myapp.order.created.v1'],
    ['my.app-1', 'Order.Created.v1', 'kyma.myapp-1.Order.Created.v1'],
    ['/default/kyma', 'order . created.v1', 'kyma.defaultkyma.order.created.v1'],
    ['a*b>c', 'x.y\\z/w', 'kyma.abc.x.yzw'],
    ['source1', 'o-rder.creat ed.v1', 'kyma.source1.o-rder.created.v1'],
    ['t..est-apptype', 'order.created.v1', 'kyma.test-apptype.order.created.v1'],
    ['my-app_1', 'Account.Order.Created.v2', 'kyma.my-app_1.Account.Order.Created.v2'],
    ['app', 'order.v1', 'kyma.app.order.v1'],
    ['bücher', 'größe.v1', 'kyma.bücher.größe.v1'],
  ])('of source %j and type %j is %j', (source, type, subject) => {
    expect(standardSubject(source, type)).toBe(subject);
  });

  it.each([
    ['a type with two dots in a row', 'app', 'order..created'],
    ['a type that ends in a dot', 'app', 'order.created.'],
    ['a type that cleans to nothing', 'app', '* / >'],
    ['a source that cleans to nothing', '/.*', 'order.created.v1'],
    ['an empty source', '', 'order.created.v1'],
  ])('is undefined for %s', (_case, source, type) => {
    expect(standardSubject(source, type)).toBeUndefined();
  });
});

describe('exactSubject', () => {
  it.each([
    [
      'sap.kyma.custom.te--s__t!!a@@p##p%%.Segment1.Segment2.Segment3.Segment4-Part1-Part2-Ä.Segment5-Part1-Part2-Ä.v1',
      'kyma.sap.kyma.custom.testapp.Segment1Segment2Segment3Segment4Part1Part2.Segment5Part1Part2.v1',
    ],
    ['sap.kyma.custom.commerce.order.created.v1', 'kyma.sap.kyma.custom.commerce.order.created.v1'],
  ])('of %j is %j', (type, subject) => {
    expect(exactSubject(type)).toBe(subject);
    expect(subject).toBe(`kyma.${cleanPrefixedType(type) ?? ''}`);
  });

  it.each([
    ['three segments after the prefix', 'sap.kyma.custom.order.created.v1'],
    ['another prefix', 'order.created.v1'],
    ['a longer word than the prefix', 'sap.kyma.customer.commerce.order.created.v1'],
    ['an application that cleans to nothing', 'sap.kyma.custom.--.order.created.v1'],
    ['an empty operation', 'sap.kyma.custom.commerce.order..v1'],
    ['the prefix alone', 'sap.kyma.custom'],
  ])('is undefined for %s', (_case, type) => {
    expect(exactSubject(type)).toBeUndefined();
  });
});

describe('the Application in an exact type', () => {
  const typeNameOf = (name: string) => (name === 'my-shop' ? 'the.mart' : name);

  it('has the type name of its HTTPSource, cleaned, as that of a legacy event has', () => {
    const subject = 'kyma.sap.kyma.custom.themart.order.created.v1';
    expect(exactSubject('sap.kyma.custom.my-shop.order.created.v1', typeNameOf)).toBe(subject);
    expect(legacyExactSubject(typeNameOf('my-shop'), 'order.created', 'v1')).toBe(subject);
  });

  it('stays when no HTTPSource has that name', () => {
    expect(exactSubject('sap.kyma.custom.myshop.order.created.v1', typeNameOf)).toBe(
      'kyma.sap.kyma.custom.myshop.order.created.v1',
    );
  });
});

describe('two originals', () => {
  it.each([
    ['app', 'or der.created', 'app', 'order.created'],
    ['my.app', 'order.created', 'myapp', 'order.created'],
    ['/default/kyma', 'a.b', 'default.kyma', 'a.b*'],
  ])('%j %j and %j %j can share a subject', (source, type, otherSource, otherType) => {
    expect(standardSubject(source, type)).toBe(standardSubject(otherSource, otherType));
  });
});

describe('legacyExactSubject', () => {
  it.each([
    [
      'my-app_1',
      'Account.Order.Created',
      'v2',
      'kyma.sap.kyma.custom.myapp1.AccountOrder.Created.v2',
    ],
    ['app', 'order', 'v1', 'kyma.sap.kyma.custom.app.order.v1'],
    ['commerce', 'order.created', 'v1', 'kyma.sap.kyma.custom.commerce.order.created.v1'],
  ])('of %j, %j, %j is %j', (application, eventType, version, subject) => {
    expect(legacyExactSubject(application, eventType, version)).toBe(subject);
  });

  it('is undefined when the application or the event type cleans to nothing', () => {
    expect(legacyExactSubject('--', 'order', 'v1')).toBeUndefined();
    expect(legacyExactSubject('app', '..order', 'v1')).toBeUndefined();
  });

  it('is what exactSubject gives for the type that the event would have had', () => {
    expect(exactSubject('sap.kyma.custom.my-app_1.Account.Order.Created.v2')).toBe(
      legacyExactSubject('my-app_1', 'Account.Order.Created', 'v2'),
    );
  });
});

describe('cleanEventType', () => {
  it('drops spaces, wildcards and slashes, and keeps dots and dashes', () => {
    expect(cleanEventType(' o-rder.*cre/at\\ed>.v1\n')).toBe('o-rder.created.v1');
  });
});
