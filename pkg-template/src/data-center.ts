import { centralEurope, countries, dataCenters as rows } from "./generated/tables.js";

/** The code of one of the cloud's seven data centers. */
export type DataCenterCode = (typeof rows)[number]["code"];

/** The code of a data center, or of one of your own, such as a test cloud's: 1 to 32 of `A-Z a-z 0-9 _ -`. */
export type AnyDataCenterCode = DataCenterCode | (string & {});

/** A data center of the Tuya cloud. An account lives in one; its codes and tokens work in that one only. */
export interface DataCenter {
  /** What options, states and callback paths use, such as `us`. */
  readonly code: DataCenterCode;
  /** The documents' name, such as `Western America`. */
  readonly name: string;
  /** The base address of its OpenAPI. */
  readonly openapi: string;
}

/** The data centers, in the order of the documents (`docs/protocol.md`, section 5). */
export const dataCenters: readonly DataCenter[] = rows;

/**
 * The data center that accounts of a country are likely to live in. A hint for a form's default, never a rule: the
 * table is of 2021, and users may choose.
 *
 * @param callingCode the country's calling code, such as `49`, `"49"` or `"+49"`
 * @returns `undefined` when it is no calling code
 */
export function dataCenterForCountry(callingCode: string | number): DataCenterCode | undefined {
  const digits = /^\+?(\d{1,7})$/.exec(String(callingCode).replaceAll(/[ -]/g, ""))?.[1];
  if (digits === undefined) return undefined;
  const known: Readonly<Record<string, DataCenterCode>> = countries;
  return known[digits] ?? (isCentralEurope(digits) ? "eu" : "us");
}

function isCentralEurope(callingCode: string): boolean {
  let code = 0;
  return centralEurope.split(" ").some((step) => {
    code += Number(step);
    return String(code) === callingCode;
  });
}
