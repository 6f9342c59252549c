/** The emulator's documented seed (docs/emulator.md). */

export const cloudKeys = { clientId: "demo0cloud0client0id", secret: "demo0cloud0secret00000000000001x" };
export const appKeys = { clientId: "demo0app0client0id00", secret: "demo0app0secret0000000000000001x" };

/** Lives in `us`, linked to the project. */
export const ann = { name: "ann@example.com", password: "ann-demo-password", uid: "az1700000000000Ann01" };
/** Lives in `eu`, linked to no project. */
export const bo = { name: "bo@example.com", password: "bo-demo-password", uid: "eu1700000000000Bo001" };

/** The callback URL that is registered for a data center. */
export function callbackOf(dataCenter: string, origin = "http://localhost:8788"): string {
  return `${origin}/auth/callback/${dataCenter}`;
}
