/**
 * The two kinds of runtime there are for joining signals, each to run a test in: with `AbortSignal.any`, and without,
 * as Vercel's edge runtime is.
 */
export const joiningSignals: readonly [name: string, run: (test: () => Promise<void>) => Promise<void>][] = [
  ["with AbortSignal.any", (test) => test()],
  [
    "without AbortSignal.any",
    async (test) => {
      const { any } = AbortSignal;
      Reflect.deleteProperty(AbortSignal, "any");
      try {
        await test();
      } finally {
        AbortSignal.any = any;
      }
    },
  ],
];
