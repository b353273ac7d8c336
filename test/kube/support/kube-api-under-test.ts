/** How an administrator reaches a Kubernetes API. */
export interface KubeApiAccess {
  readonly url: string;
  /** Undefined on plain http, where kubectl would not send one. */
  readonly token: string | undefined;
  /** PEM of the authority that signed its certificate; undefined on plain http. */
  readonly certificateAuthority: string | undefined;
  /** Path of a kubeconfig. */
  readonly kubeconfig: string;
}

/** A Kubernetes API that the suites of this tier run against. */
export interface KubeApiUnderTest extends KubeApiAccess {
  /** Ends the server without warning, and starts it again on the same data and port. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

export interface KubeApiStartOptions {
  /** Runs when the API answers and before its controllers start. */
  prepare?(access: KubeApiAccess): Promise<void>;
}
