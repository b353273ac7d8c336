const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const value = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

export const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const namePartText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const dns1035Label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
export const dns1035Text =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const maxLength = 63;

export function isSubdomain(text: string): boolean {
  return subdomain.test(text);
}

export function isDns1035Label(text: string): boolean {
  return dns1035Label.test(text);
}

/** What is wrong with a key of labels, annotations or finalizers: `[prefix/]name`. */
export function validateLabelKey(key: string): string[] {
  const slash = key.lastIndexOf('/');
  const prefix = slash === -1 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  const problems: string[] = [];
  if (prefix === '') problems.push('prefix part must be non-empty');
  else if (prefix !== undefined && !isSubdomain(prefix)) {
    problems.push(`prefix part ${subdomainText}`);
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > maxLength) problems.push('name part must be no more than 63 bytes');
  if (!namePart.test(name)) problems.push(namePartText);
  return problems;
}

export function validateLabelValue(text: string): string[] {
  const problems: string[] = [];
  if (text.length > maxLength) problems.push('must be no more than 63 bytes');
  if (!value.test(text)) problems.push(valueText);
  return problems;
}
