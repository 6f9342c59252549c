/** What the programs of the package's README take for granted. */

declare const clientId: string;
declare const secret: string;
declare const dataCenter: "us";
declare const page: string;
declare const redirectUri: string;
declare const callbackUrl: string;
declare const encryptionKey: string;
declare const accessToken: string;
declare const method: string;
declare const url: string;
declare const headers: Headers;
declare const body: string;
declare const query: Record<string, string | null>;
