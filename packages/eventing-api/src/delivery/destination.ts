/** `duck.knative.dev/v1` Destination: a reference, an absolute URI, or a URI relative to the reference. */
export interface Destination {
  ref?: DestinationReference;
  uri?: string;
  CACerts?: string;
  audience?: string;
}

export interface DestinationReference {
  apiVersion?: string;
  kind: string;
  name: string;
  namespace?: string;
  group?: string;
  address?: string;
}

/** `duck.knative.dev/v1` Addressable. */
export interface Addressable {
  name?: string;
  url?: string;
  CACerts?: string;
  audience?: string;
}
