/** Jest as CommonJS, where it cannot `require` an ES module: Babel rewrites the package, as it does each of that kind. */
export default {
  transform: { "\\.c?js$": ["babel-jest", { plugins: ["@babel/plugin-transform-modules-commonjs"] }] },
  transformIgnorePatterns: ["/node_modules/(?!tuya-auth/)"],
};
