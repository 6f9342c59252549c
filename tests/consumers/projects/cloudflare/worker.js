import { durableObjectStore, TuyaStoreObject } from "tuya-auth/durable-object";

import { checkServer } from "./checks/server.js";

export { TuyaStoreObject };

export default {
  async fetch(request, env) {
    return Response.json(await checkServer(await request.json(), durableObjectStore(env.STORE)));
  },
};
