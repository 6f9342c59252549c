import { runSuite } from "../../conformance/suite.js";

interface FetchEvent extends Event {
  respondWith(answer: Promise<Response>): void;
}

/** The suite as an edge function, in the form in which a bundler hands one to the runtime. */
addEventListener("fetch", (event) => {
  (event as FetchEvent).respondWith(runSuite().then((outcomes) => new Response(JSON.stringify(outcomes))));
});
