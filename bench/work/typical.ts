/** The request that is signed where nothing else is said, and what it is signed with. */

// The published pair of keys.
export const clientId = "1KAD46OrT9HafiKdsXeg";
export const secret = "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC";

/** A request as every candidate takes it. */
export interface Input {
  readonly method: string;
  readonly url: string;
  readonly accessToken: string;
  readonly t: number;
  /** Absent, each candidate draws one. */
  readonly nonce?: string;
  readonly body?: string | Uint8Array;
}

/** A call for a user, without a body. */
export const typical: Input = {
  method: "GET",
  url: "/v2.0/apps/schema/users?page_no=1&page_size=50",
  accessToken: "3f4eda2bdec17232f67c0b188af3eec1",
  t: 1_588_925_778_000,
  nonce: "5138cc3a9033d69856923fd07b491173",
};

/** Its sign. */
export const SIGN = "F858D3153DBD4FFA94D59D56B00E2945430F33F0403B8BE575F3A13B1F2D3B47";
