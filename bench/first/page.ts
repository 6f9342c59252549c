/** One first use in this page, which then tells the driver. The script's path is the page's fragment. */

const begin = performance.now();
const { first } = await import(location.hash.slice(1));
const gave: string = await first();
Object.assign(globalThis, { used: { took: performance.now() - begin, gave } });

export {};
