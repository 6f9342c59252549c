import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { absent, runtime } from "../runtimes/programs.js";
import { startEmulatorBy } from "../support/emulator-process.js";
import { killAgainAndAgain } from "./kills.js";

describe("tuya-auth emulator --data under load", { skip: absent("node22") }, () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "tuya-auth-kills-"));
  });
  after(() => rm(directory, { recursive: true }));

  it("killed 50 times, loses nothing that it acknowledged, and accepts no spent code", async (test) => {
    const start = async () => {
      const node = runtime("node22");
      const { origin, child } = await startEmulatorBy({ node }, "--data", join(directory, "cloud.db"));
      const ended = once(child, "close");
      const kill = async () => {
        child.kill("SIGKILL");
        await ended;
      };
      return { origin, kill };
    };
    test.diagnostic(await killAgainAndAgain({ kills: 50, seed: 20261122, start }));
  });
});
