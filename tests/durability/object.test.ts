import { after, before, describe, it } from "node:test";

import { type CloudWorker, cloudWorker } from "../support/cloud-object.js";
import { killAgainAndAgain } from "./kills.js";

describe("TuyaCloudObject on workerd under load", () => {
  let worker: CloudWorker;
  before(async () => {
    worker = await cloudWorker();
  });
  after(() => worker.remove());

  it("killed 50 times, loses nothing that it acknowledged, and accepts no spent code", async (test) => {
    const start = async () => {
      const { origin, running } = await worker.start();
      let killed = false;
      const kill = async () => {
        if (!killed) process.kill(running.pid, "SIGKILL");
        killed = true;
        await running.stop();
      };
      return { origin, kill };
    };
    test.diagnostic(await killAgainAndAgain({ kills: 50, seed: 20261123, start }));
  });
});
