import { api } from "./api.js";
import type { Call } from "./call.js";
import { callback, exchange } from "./callback.js";
import type { Config, Site } from "./config.js";
import { login, start } from "./login.js";
import { logout, showSession, unlink } from "./session-routes.js";

/** A route that a request's path leads to. */
export interface Route {
  /** Its first segment, such as `callback`. */
  readonly name: string;
  /** The methods that it takes; every one if absent. */
  readonly methods?: readonly string[];
  /** Whether a person's browser shows the answer, so that failures must be pages or redirects. */
  readonly isNavigation: boolean;
  /** Whether its work may stop where it is when the browser goes away. */
  readonly endsWithBrowser?: boolean;
  handle(call: Call): Promise<Response>;
}

const READ = ["GET", "HEAD"];
const POST = ["POST"];

/** The routes of a data center, by who takes the code and by the path's first segment. */
const siteRoutes: Readonly<Record<Site["callback"], Readonly<Record<string, SiteRoute>>>> = {
  server: {
    login: { methods: READ, isNavigation: true, handle: login },
    callback: { methods: READ, isNavigation: true, handle: callback },
  },
  page: {
    start: { methods: POST, isNavigation: false, handle: start },
    exchange: { methods: POST, isNavigation: false, handle: exchange },
  },
};

interface SiteRoute extends Omit<Route, "name" | "handle"> {
  handle(call: Call, site: Site): Promise<Response>;
}

const plainRoutes: Readonly<Record<string, Omit<Route, "name">>> = {
  session: { methods: READ, isNavigation: false, handle: showSession },
  logout: { methods: POST, isNavigation: false, handle: logout },
  unlink: { methods: POST, isNavigation: false, handle: unlink },
};

/**
 * The route of a path.
 *
 * A data center whose code the page takes has no `login` and no `callback`: the application serves its page at the
 * address of the latter.
 */
export function routeOf({ basePath, sites }: Config, path: string): Route | undefined {
  if (!path.startsWith(`${basePath}/`)) return undefined;
  const [name = "", ...rest] = path.slice(basePath.length + 1).split("/");
  if (name === "api" && rest.length > 0) {
    const handle = (call: Call) => api(call, `/${rest.join("/")}`);
    return { name, isNavigation: false, endsWithBrowser: true, handle };
  }
  if (rest.length === 0) {
    const route = own(plainRoutes, name);
    return route && { name, ...route };
  }
  const site = rest.length === 1 ? sites.get(rest[0] ?? "") : undefined;
  const route = site && own(siteRoutes[site.callback], name);
  return route && { ...route, name, handle: (call) => route.handle(call, site) };
}

function own<T>(routes: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(routes, name) ? routes[name] : undefined;
}
