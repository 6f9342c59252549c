export { respond as POST } from "../../checks/respond.js";
