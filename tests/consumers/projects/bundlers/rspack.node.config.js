/** Rspack has no option for this on its command line. */
export default { target: "node" };
