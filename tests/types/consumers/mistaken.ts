import { parseCallback } from "tuya-auth";

parseCallback(1, { state: "state" });
