/**
 * The handler that the examples serve. As it stands it works with the local cloud (`npx tuya-auth emulator`); the
 * environment names another one.
 */

import { createAuthHandler } from "tuya-auth/handler";
import { memoryStore } from "tuya-auth/server";

const {
  ORIGIN = "http://localhost:8788",
  CLOUD = "http://127.0.0.1:8787",
  TUYA_CLIENT_ID = "demo0app0client0id00",
  TUYA_CLIENT_SECRET = "demo0app0secret0000000000000001x",
} = process.env;

/** The origin under which browsers reach the application. */
export const origin = ORIGIN;

export const hostname = new URL(ORIGIN).hostname;
export const port = Number(new URL(ORIGIN).port);

/** What the handler is made of. */
export const options = {
  clientId: TUYA_CLIENT_ID,
  secret: TUYA_CLIENT_SECRET,
  origin,
  // Links live as long as the process. Where they must last, or several processes serve, take `tuya-auth/redis`.
  store: memoryStore(),
  dataCenters: {
    us: { page: `${CLOUD}/us/d/login`, openapi: `${CLOUD}/us` },
    eu: { page: `${CLOUD}/eu/d/login`, openapi: `${CLOUD}/eu`, callback: "page" },
  },
  api: ["GET /v1.0/users/{uid}/devices"],
};

export const handler = createAuthHandler(options);
