// What is left to do with the code of a file once the bundler has printed it.

/** The namespace of the files that are written, as the bundler's comments name it. */
export const WRITTEN = "written";

/** The code of a file as it is read best, and compressed best. */
export function printed(code) {
  return textLast(importsJoined(code));
}

/** One import for all names out of one file, in place of one for each. */
function importsJoined(code) {
  const separate = new RegExp(`^// ${WRITTEN}:.*\\n((?:import \\{ .* \\} from "(.*)";\\n)+)`, "gm");
  return code.replace(separate, (_, imports, from) => {
    const names = [...imports.matchAll(/\{ (.*) \}/g)].map(([, name]) => name);
    return `import {\n  ${names.join(",\n  ")}\n} from "${from}";\n`;
  });
}

/** A module's text below all else: gzip makes less of a text in the middle of code, and of the code around it. */
function textLast(code) {
  const [text] = code.match(/^\/\/ generated\/.*\.text\.js\nvar .* = ".*";\n\n/m) ?? [];
  if (text === undefined) return code;
  const [before, exported] = code.replace(text, "").split(/(?=^export \{$)/m);
  return before + text + exported;
}
