import type { DataCenterCode } from "../data-center.js";
import type { Cloud, CloudOptions } from "./cloud.js";
import { type ServedCloud, serveCloud } from "./node.js";

/** A cloud that runs while the tests do. Its members can be used from the first test on. */
export interface UsedCloud {
  readonly cloud: Cloud;
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** The base URL of OpenAPI in a data center. */
  openapi(dataCenter: DataCenterCode): string;
  /** The address of the authorization page in a data center. */
  page(dataCenter: DataCenterCode): string;
}

/** What a test runner offers to run something before all tests, and after them. */
interface Hooks {
  before(run: () => Promise<void>): void;
  after(run: () => Promise<void>): void;
}

/** Serves a new cloud on a free port of loopback from before the first test until after the last. */
export function cloudFor({ before, after }: Hooks, options: CloudOptions): UsedCloud {
  let served: ServedCloud | undefined;
  const running = (): ServedCloud => {
    if (served === undefined) throw new Error("the cloud runs while tests do: use it in a test or a hook");
    return served;
  };
  before(async () => {
    served = await serveCloud(options);
  });
  after(async () => {
    await served?.close();
    served = undefined;
  });
  return {
    get cloud() {
      return running().cloud;
    },
    get origin() {
      return running().origin;
    },
    openapi: (dataCenter) => `${running().origin}/${dataCenter}`,
    page: (dataCenter) => `${running().origin}/${dataCenter}/d/login`,
  };
}
