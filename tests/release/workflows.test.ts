import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: { readonly TARBALL?: string; readonly CARGO_REGISTRY_TOKEN?: string };
}

interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly container?: string;
  readonly environment?: { readonly name: string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = new URL("../../../../.github/workflows/", import.meta.url);
const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const workflows = new Map(
  [...texts].map(([name, text]) => [name, parse(text, { strict: true }) as Workflow]),
);
const jobs = [...workflows].flatMap(([file, { jobs }]) =>
  Object.entries(jobs).map(([name, job]) => ({ id: `${file} ${name}`, ...job })),
);
const steps = jobs.flatMap(({ id, steps = [] }) => steps.map((step) => ({ id, ...step })));

/** The release's job of this name. */
function released(name: string): Job {
  const job = workflows.get("release.yml")?.jobs[name];
  assert.ok(job, `release.yml has a job ${name}`);
  return job;
}

describe("the workflows", () => {
  it("are the three that the documents name", () => {
    assert.deepEqual([...texts.keys()].sort(), ["audit.yml", "ci.yml", "release.yml"]);
  });

  it("take other people's actions by the hash of a commit, beside the version it is", () => {
    const lines = [...texts.values()].flatMap((text) => text.match(/^.*\buses:.*$/gm) ?? []);
    assert.equal(lines.length, [...steps, ...jobs].filter(({ uses }) => uses !== undefined).length);
    for (const line of lines.filter((line) => !line.includes("uses: ./")))
      assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("take one version of each action", () => {
    const actions = new Set(steps.flatMap(({ uses }) => uses ?? []));
    assert.equal(new Set([...actions].map((action) => action.split("@")[0])).size, actions.size);
  });

  it("take containers by their digest", () => {
    const containers = jobs.flatMap(({ container }) => container ?? []);
    assert.ok(containers.length > 0);
    for (const container of containers) assert.match(container, /@sha256:[0-9a-f]{64}$/);
  });

  it("grant nothing but reading the sources, and an identity to what publishes", () => {
    for (const { permissions } of workflows.values()) assert.deepEqual(permissions, {});
    const granted = Object.fromEntries(jobs.map(({ id, permissions }) => [id, permissions]));
    const read = { contents: "read" };
    assert.deepEqual(granted, {
      "audit.yml dependencies": read,
      "ci.yml gate": read,
      "release.yml tag": read,
      "release.yml gate": read,
      "release.yml audit": read,
      "release.yml npm": { "id-token": "write" },
      "release.yml crate": { ...read, "id-token": "write" },
    });
  });

  it("give an identity only to jobs that an environment protects", () => {
    const protectedJobs = jobs.filter(({ environment }) => environment !== undefined).map(({ id }) => id);
    const withIdentity = jobs.filter(({ permissions }) => permissions?.["id-token"]).map(({ id }) => id);
    assert.deepEqual(protectedJobs, withIdentity);
  });

  it("know no secret, and leave no credentials behind a checkout", () => {
    for (const text of texts.values()) assert.doesNotMatch(text, /secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    assert.ok(checkouts.length > 0);
    for (const checkout of checkouts) assert.equal(checkout.with?.["persist-credentials"], false);
  });

  it("end by themselves", () => {
    for (const job of jobs) if (job.uses === undefined) assert.ok(job["timeout-minutes"], job.id);
  });
});

describe("the release", () => {
  it("begins with a tag of a version, and with nothing else", () => {
    assert.deepEqual(workflows.get("release.yml")?.on, { push: { tags: ["v*.*.*"] } });
  });

  it("publishes only after the tag's check, the gate and the audit", () => {
    assert.equal(released("gate").needs, "tag");
    assert.equal(released("audit").needs, "tag");
    for (const name of ["npm", "crate"]) assert.deepEqual(released(name).needs, ["gate", "audit"]);
    assert.equal(released("gate").uses, "./.github/workflows/ci.yml");
    assert.equal(released("audit").uses, "./.github/workflows/audit.yml");
    const runs = released("tag").steps?.flatMap(({ run }) => run ?? []) ?? [];
    assert.ok(runs.includes('cargo xtask release-check "$GITHUB_REF_NAME"'), runs.join("\n"));
  });

  it("hands the tarball of the gate to npm, unchanged: it builds nothing and knows no sources", () => {
    const { steps = [] } = released("npm");
    const actions = steps.flatMap(({ uses }) => uses?.split("@")[0] ?? []);
    assert.deepEqual(actions, ["actions/download-artifact", "actions/setup-node"]);
    const runs = steps.flatMap(({ run }) => run ?? []);
    assert.deepEqual(runs, [
      'echo "$SHA256  $TARBALL" | sha256sum --check --strict',
      'npm publish "./$TARBALL" --provenance --access public --ignore-scripts',
    ]);
    for (const { env, run } of steps)
      if (run !== undefined) assert.equal(env?.TARBALL, `\${{ needs.gate.outputs.tarball }}`);
  });

  it("compiles nothing beside the token of crates.io", () => {
    const [step, ...others] = steps.filter(({ env }) => env?.CARGO_REGISTRY_TOKEN !== undefined);
    assert.deepEqual(others, []);
    assert.equal(step?.run, "cargo publish --package tuya-auth --locked --no-verify");
  });
});
