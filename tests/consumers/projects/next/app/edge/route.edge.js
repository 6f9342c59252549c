export { respond as POST } from "../../checks/respond.js";

export const runtime = "edge";
