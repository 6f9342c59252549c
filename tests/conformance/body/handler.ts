import { authorize, beginLogin, createApp, errorOf, link, redirectOf } from "../../support/app.js";
import { linkedUser, linkStyles, obtain } from "../../support/link-styles.js";
import { equal } from "../assert.js";
import { check, type Group } from "../group.js";

const home = "https://app.example/";

/** `tuya-auth/handler`: a link, a call and an unlink, with the cloud behind it in process. */
export const handler: Group = {
  name: "handler",
  unsuited: () =>
    setsCookies() ? undefined : "a page's own `Response` drops `Set-Cookie`, which a server's answer needs",
  checks: [
    ...linkStyles.map((style) =>
      check(`links, calls and unlinks in the style "${style.name}"`, async () => {
        const api = ["GET /v1.0/users/{uid}/devices"];
        const app = createApp({ api });
        const browser = app.browser();
        await style.deliver(browser, await obtain(style, browser));
        equal(await linkedUser(browser), style.account.uid, "session");
        const answer = await browser.fetch(home, "GET", "/auth/api/v1.0/users/me/devices");
        equal([answer.status, (answer.json() as { success: boolean }).success], [200, true], "signed call");
        await browser.fetch(home, "POST", "/auth/unlink");
        equal(await linkedUser(browser), undefined, "session after the unlink");
      }),
    ),
    check("comes back to where the login began", async () => {
      const app = createApp();
      const answer = await link(app, app.browser(), "?return_to=/devices%3Fview%3Dlist");
      equal([answer.status, answer.redirect], [303, `${home}devices?view=list`]);
    }),
    check("takes a callback once, of its own browser", async () => {
      const app = createApp();
      const [browser, other] = [app.browser(), app.browser()];
      const callback = await authorize(browser, await beginLogin(app, browser));
      equal(errorOf(await other.open(callback)), "state_mismatch", "another browser");
      equal(redirectOf(await browser.open(callback)), home);
      equal(errorOf(await browser.open(callback)), "state_mismatch", "again");
    }),
    check("reports a refusal", async () => {
      const app = createApp({ errorPath: "/problem" });
      const browser = app.browser();
      const callback = await authorize(browser, await beginLogin(app, browser), { decision: "refuse" });
      equal(errorOf(await browser.open(callback)), "access_denied");
    }),
  ],
};

function setsCookies(): boolean {
  return new Response(null, { headers: [["set-cookie", "a=b"]] }).headers.has("set-cookie");
}
