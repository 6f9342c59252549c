import { describeDisconnects } from "../support/disconnects.js";
import { startHandlerWorker } from "./handler-process.js";

describeDisconnects("on workerd", startHandlerWorker);
