import { listOf, objectOf, text, type JsonSchema } from '../crd/json-schema.ts';
import { requiredFields } from '../crd/required-fields.ts';

/** A Destination at `path`; messages are Knative's (knative/pkg, Destination validation). */
export function destinationSchema(path: string, description: string): JsonSchema {
  return objectOf(
    {
      ref: objectOf(
        {
          apiVersion: text('API version of the referenced object.'),
          kind: text('Kind of the referenced object.'),
          name: text('Name of the referenced object.'),
          namespace: text('Namespace of the referenced object; its own when absent.'),
          group: text('Group in place of apiVersion.'),
          address: text('Name of one of the addresses in status.addresses.'),
        },
        {
          description: 'An Addressable or a Service.',
          'x-kubernetes-validations': requiredFields(`${path}.ref`, ['apiVersion', 'kind', 'name']),
        },
      ),
      uri: text('An absolute URL, or one relative to the address of ref.', { maxLength: 2048 }),
      CACerts: text('PEM certificates to trust for this destination.', {
        maxLength: 65_536,
        'x-kubernetes-validations': [
          {
            rule: "self == '' || self.contains('-----BEGIN CERTIFICATE-----')",
            message: 'invalid value: CA Cert provided is invalid: caCert',
          },
        ],
      }),
      audience: text('OIDC audience of this destination.'),
    },
    {
      description,
      'x-kubernetes-validations': [
        {
          rule: 'has(self.ref) || has(self.uri)',
          message: `expected at least one, got none: ${path}.ref, ${path}.uri`,
        },
        {
          rule: "!has(self.uri) || has(self.ref) || self.uri.matches('^[a-zA-Z][a-zA-Z0-9+.-]*:')",
          message: `invalid value: Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent: ${path}.uri`,
        },
        {
          rule: "!(has(self.uri) && has(self.ref)) || !self.uri.matches('^[a-zA-Z][a-zA-Z0-9+.-]*:')",
          message: `Absolute URI is not allowed when Ref or [apiVersion, kind, name] is present: [apiVersion, kind, name], ${path}.ref, ${path}.uri`,
        },
      ],
    },
  );
}

const addressSchema: JsonSchema = objectOf({
  name: text('Name of the address.'),
  url: text('URL that accepts events.'),
  CACerts: text('PEM certificates to trust.'),
  audience: text('OIDC audience.'),
});

/** `status.address` and `status.addresses` of an Addressable. */
export const addressableSchemas: Record<string, JsonSchema> = {
  address: addressSchema,
  addresses: listOf(addressSchema),
};

/** The resolved form of one destination in a status: `<prefix>Uri`, `<prefix>CACerts`, `<prefix>Audience`. */
export function resolvedDestinationSchemas(prefix: 'subscriber' | 'deadLetterSink') {
  return {
    [`${prefix}Uri`]: text('Resolved URL.'),
    [`${prefix}CACerts`]: text('PEM certificates to trust.'),
    [`${prefix}Audience`]: text('OIDC audience.'),
  } satisfies Record<string, JsonSchema>;
}
