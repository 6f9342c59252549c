/** A local Tuya cloud on a port, and its state in a file. For Node, Deno and Bun. */

export { type ServedCloud, type ServeOptions, serveCloud } from "./node/server.js";
export { type SqliteRows, sqliteRows } from "./node/sqlite.js";
