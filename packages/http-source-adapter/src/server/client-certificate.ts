import { codeAnswer, type Answer } from './answer.ts';

/** `off`, or `subject`: a subject in `X-Forwarded-Client-Cert` must have the Application as its common name. */
export type ClientCertificateCheck = 'off' | 'subject';

const missingHeader = codeAnswer(500, 'X-Forwarded-Client-Cert header not found');
const missingApplication = codeAnswer(400, 'Application name not specified');
const noValidSubject = codeAnswer(403, 'No valid subject found');

/** The refusal of a request whose client certificate is not the Application's, as Kyma's validator words it. */
export function clientCertificateRefusal(
  rawHeaders: readonly string[],
  application: string,
): Answer | undefined {
  const certificates = rawHeaders.filter(
    (_value, index) =>
      index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'x-forwarded-client-cert',
  );
  if (certificates.join('') === '') return missingHeader;
  if (application === '') return missingApplication;
  return commonNames(certificates.join()).includes(application) ? undefined : noValidSubject;
}

function commonNames(certificates: string): string[] {
  const subjects = [...certificates.matchAll(/Subject="(.*?)"/g)].map(
    ([, subject = '']) => subject,
  );
  return subjects
    .flatMap((subject) => subject.split(','))
    .map((part) => part.trim())
    .filter((part) => part.startsWith('CN='))
    .map((part) => part.slice('CN='.length));
}
