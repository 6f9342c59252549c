import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EncryptionKey, Store } from "tuya-auth/server";

/** The package's own folder: what seals a store is for the package's own files alone. */
const folder = dirname(createRequire(import.meta.url).resolve("tuya-auth/package.json"));

type SealedStore = (store: Store, keys: readonly EncryptionKey[]) => Store;

/** A store whose values are sealed by a new key, exactly as a client that is given `encryptionKeys` does it. */
export async function sealing(store: Store): Promise<Store> {
  const { sealedStore }: { sealedStore: SealedStore } = await import(join(folder, "dist/server-half.js"));
  return sealedStore(store, [randomBytes(32)]);
}
