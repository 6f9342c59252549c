/**
 * `tuya-auth/durable-object`: a store for Cloudflare workers and everything that runs on workerd.
 *
 * @module
 */
export { type ObjectState, TuyaStoreObject } from "./durable-object/object.js";
export { durableObjectStore, type ObjectNamespace } from "./durable-object/store.js";
