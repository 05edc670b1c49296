// Builds dist/nearfar-studio.html: one self-contained file, for any host and for the disk. dist/index.html is the same.
//
//   node build.mjs [--module FILE.wasm] [--bindgen PROGRAM] [--keep]
//
// takes the module that cargo has built, binds and shrinks it, bundles the scripts and puts all of it into index.html. --keep
// also makes it the page that the program holds, ../page/nearfar-studio.html.gz.
//
//   node build.mjs --check
//
// builds nothing, and fails if the page that the program holds was built from other sources than the present ones: that is,
// the page's own and the shell's; how the crates below change pictures is for the tests of the page.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gunzipSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const { values } = parseArgs({
  options: {
    module: { type: "string", default: join(root, "target/wasm32-unknown-unknown/studio/nearfar_studio.wasm") },
    bindgen: { type: "string", default: "wasm-bindgen" },
    keep: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
  },
});

/** The most bytes of the module as a host sends it. */
const MOST = 700_000;
/** What a browser of 2023 can do; wasm-opt's own choice is more than that. */
const FEATURES = [
  "simd",
  "bulk-memory",
  "bulk-memory-opt",
  "nontrapping-float-to-int",
  "sign-ext",
  "mutable-globals",
  "reference-types",
  "multivalue",
].map((name) => `--enable-${name}`);

function module() {
  const bound = join(here, "pkg/nearfar_studio_bg.wasm");
  const small = join(here, "pkg/nearfar_studio_small.wasm");
  if (!existsSync(small) || statSync(small).mtimeMs < statSync(values.module).mtimeMs) {
    execFileSync(values.bindgen, ["--target", "web", "--out-dir", join(here, "pkg"), values.module], { stdio: "inherit" });
    execFileSync("npx", ["wasm-opt", bound, "-O3", ...FEATURES, "-o", small], { cwd: here, stdio: "inherit" });
  }
  const bytes = readFileSync(small);
  const sent = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
  console.log(`module: ${bytes.length} bytes, ${sent} as brotli`);
  if (sent > MOST) throw new Error(`the module is ${sent} bytes as brotli, more than ${MOST}`);
  return gzipSync(bytes, { level: 9 }).toString("base64");
}

async function script(entry, define = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    // The worker is told where its module is.
    define: { "import.meta.url": '""', ...define },
    logOverride: { "empty-import-meta": "silent" },
  });
  return outputFiles[0].text.trim();
}

async function style() {
  const { outputFiles } = await build({ entryPoints: [join(here, "style.css")], minify: true, write: false, charset: "utf8" });
  return outputFiles[0].text.trim();
}

function samples() {
  const { pairs } = JSON.parse(readFileSync(join(here, "samples.json"), "utf8"));
  const files = {};
  const name = ([short, path]) => {
    files[short] = readFileSync(join(root, "imgs", path)).toString("base64");
    return short;
  };
  const stored = pairs.map(({ title, near, far }) => ({ title, near: name(near), far: name(far) }));
  return JSON.stringify({ files, pairs: stored });
}

/** The digest of what the page is built from, apart from the crates below the shell. */
function sources() {
  const hash = createHash("sha256");
  const take = (path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) take(join(path, name));
    } else {
      hash.update(relative(here, path).replaceAll("\\", "/")).update("\0").update(readFileSync(path));
    }
  };
  for (const name of ["../src", "src", "index.html", "style.css", "samples.json", "build.mjs", "package-lock.json"]) take(join(here, name));
  return hash.digest("hex");
}

const KEPT = join(here, "../page/nearfar-studio.html.gz");
const digest = sources();
if (values.check) {
  const kept = gunzipSync(readFileSync(KEPT)).toString();
  if (kept.includes(`content="${digest}"`)) process.exit(0);
  console.error("the page that the program holds is older than its sources: crates/nearfar-studio/web/build --keep");
  process.exit(1);
}

const { build } = await import("esbuild");
const wasm = module();
const worker = await script("worker.ts");
const js = (await script("main.ts", { WORKER_SCRIPT: JSON.stringify(worker) })).replaceAll("</script", "<\\/script");
const hash = createHash("sha256").update(js).digest("base64");
const policy = [
  "default-src 'none'",
  `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`,
  "worker-src blob:",
  "style-src 'unsafe-inline'",
  "img-src blob: data:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");
const parts = { SOURCES: digest, CSP: policy, CSS: await style(), WASM: wasm, SAMPLES: samples(), JS: js };
const html = readFileSync(join(here, "index.html"), "utf8").replace(/%([A-Z]+)%/g, (all, name) => parts[name] ?? all);
mkdirSync(join(here, "dist"), { recursive: true });
for (const name of ["index.html", "nearfar-studio.html"]) writeFileSync(join(here, "dist", name), html);
console.log(`dist/nearfar-studio.html: ${html.length} bytes`);
if (values.keep) {
  mkdirSync(dirname(KEPT), { recursive: true });
  const packed = gzipSync(html, { level: 9 });
  writeFileSync(KEPT, packed);
  console.log(`page/nearfar-studio.html.gz: ${packed.length} bytes`);
}
