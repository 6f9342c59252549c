/** Nothing: what a new process or page takes by itself. */
export async function first(): Promise<string> {
  return "nothing";
}
