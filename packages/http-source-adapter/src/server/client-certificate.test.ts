import { describe, expect, it } from '@jest/globals';
import { clientCertificateRefusal } from './client-certificate.ts';

const subjectOf = (name: string) => `Subject="CN=${name},OU=OrgUnit,O=Organization,C=DE"`;

function codeAndError(rawHeaders: string[], application: string): unknown {
  const refusal = clientCertificateRefusal(rawHeaders, application);
  return refusal && [refusal.status, JSON.parse(refusal.body)];
}

describe('clientCertificateRefusal', () => {
  it.each([
    ['one certificate', `Hash=f4cf;${subjectOf('commerce')};URI=,By=spiffe://x`],
    ['the second of two', `Hash=1;${subjectOf('other')},Hash=2;${subjectOf('commerce')}`],
    ['a subject in another order', 'Subject="O=Organization, CN=commerce"'],
  ])('is undefined for %s with the Application as its common name', (_case, header) => {
    expect(clientCertificateRefusal(['X-Forwarded-Client-Cert', header], 'commerce')).toBe(
      undefined,
    );
  });

  it('is 500 without the header', () => {
    const error = 'X-Forwarded-Client-Cert header not found';
    expect(codeAndError(['Host', 'x'], 'commerce')).toEqual([500, { code: 500, error }]);
  });

  it('is 400 without an Application', () => {
    const headers = ['x-forwarded-client-cert', subjectOf('commerce')];
    const error = 'Application name not specified';
    expect(codeAndError(headers, '')).toEqual([400, { code: 400, error }]);
  });

  it.each([
    'Hash=f4cf',
    subjectOf('other'),
    subjectOf('commerce2'),
    'Subject="O=commerce"',
    'CN=commerce',
  ])('is 403 for %j', (header) => {
    const error = 'No valid subject found';
    const headers = ['X-Forwarded-Client-Cert', header];
    expect(codeAndError(headers, 'commerce')).toEqual([403, { code: 403, error }]);
  });
});
