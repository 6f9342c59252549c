/** What the worker of the repository's README takes for granted. */

interface Env {
  readonly STORE: DurableObjectNamespace;
  readonly TUYA_AUTHORIZATION_PAGE: string;
  readonly TUYA_CLIENT_ID: string;
  readonly TUYA_CLIENT_SECRET: string;
}
