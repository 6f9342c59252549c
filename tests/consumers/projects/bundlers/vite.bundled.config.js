/** Vite leaves packages out of a server's build unless it is told otherwise. */
export default { ssr: { noExternal: true } };
