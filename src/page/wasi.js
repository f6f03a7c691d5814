// wasi.js - runs build/page/closeaf.wasm, the program of the command line, in the page: it is given
// words, files in memory and nothing else, and what it writes is kept. So much of WASI
// (https://wasi.dev, "preview 1") as that program calls.
"use strict";

// One run, of a program that was compiled. words: as on a command line, without "closeaf". files: paths
// to Uint8Array. The promise is of {status, out, err}. It needs nothing around it: a thread is given it
// as text.
async function runProgram(module, words, files) {
  const GOOD = 0, BAD_FILE = 8, NOT_THERE = 44, NOT_SUPPORTED = 58;
  const REGULAR_FILE = 4, DIRECTORY = 3;
  const ROOT = 3; // the descriptor of the only folder; 0 to 2 are the standard streams
  class Exit { constructor(status) { this.status = status; } }

  const descriptors = new Map();
  const written = { 1: [], 2: [] };
  let next = ROOT + 1, memory = null;
  for (const stream of [0, 1, 2]) descriptors.set(stream, { bytes: new Uint8Array(0), at: 0 });

  const view = () => new DataView(memory.buffer);
  const bytesAt = (at, size) => new Uint8Array(memory.buffer, at, size);
  const texts = ["closeaf", ...words].map((word) => new TextEncoder().encode(word + "\0"));

  // Calls f(part of memory) for each piece that a read or a write names; the sum of what it returns.
  function forPieces(list, count, f) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const at = view().getUint32(list + 8 * i, true);
      const size = view().getUint32(list + 8 * i + 4, true);
      sum += f(bytesAt(at, size));
    }
    return sum;
  }
  function writeStat(at, size) {
    bytesAt(at, 64).fill(0);
    view().setUint8(at + 16, REGULAR_FILE);
    view().setBigUint64(at + 32, BigInt(size), true);
  }
  function fileOf(path) {
    return files.get(path.replace(/^(\.?\/)+/, ""));
  }
  const text = (at, size) => new TextDecoder().decode(bytesAt(at, size).slice());

  const calls = {
    args_sizes_get(count, size) {
      view().setUint32(count, texts.length, true);
      view().setUint32(size, texts.reduce((sum, t) => sum + t.length, 0), true);
      return GOOD;
    },
    args_get(list, at) {
      for (const t of texts) {
        view().setUint32(list, at, true);
        bytesAt(at, t.length).set(t);
        list += 4;
        at += t.length;
      }
      return GOOD;
    },
    environ_sizes_get(count, size) {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return GOOD;
    },
    environ_get() { return GOOD; },
    clock_time_get(id, precision, at) { // nothing that is printed depends on it
      view().setBigUint64(at, 0n, true);
      return GOOD;
    },
    fd_prestat_get(fd, at) {
      if (fd !== ROOT) return BAD_FILE;
      view().setUint32(at, 0, true);
      view().setUint32(at + 4, 1, true);
      return GOOD;
    },
    fd_prestat_dir_name(fd, at) {
      if (fd !== ROOT) return BAD_FILE;
      view().setUint8(at, "/".charCodeAt(0));
      return GOOD;
    },
    fd_fdstat_get(fd, at) {
      if (fd !== ROOT && !descriptors.has(fd)) return BAD_FILE;
      bytesAt(at, 24).fill(0);
      view().setUint8(at, fd === ROOT ? DIRECTORY : REGULAR_FILE);
      view().setBigUint64(at + 8, ~0n, true);
      view().setBigUint64(at + 16, ~0n, true);
      return GOOD;
    },
    fd_fdstat_set_flags() { return GOOD; },
    fd_filestat_get(fd, at) {
      if (!descriptors.has(fd)) return BAD_FILE;
      writeStat(at, descriptors.get(fd).bytes.length);
      return GOOD;
    },
    path_filestat_get(fd, flags, path, size, at) {
      const bytes = fileOf(text(path, size));
      if (!bytes) return NOT_THERE;
      writeStat(at, bytes.length);
      return GOOD;
    },
    path_open(fd, flags, path, size, how, rights, inherited, fdflags, at) {
      const bytes = fileOf(text(path, size));
      if (!bytes) return NOT_THERE;
      descriptors.set(next, { bytes, at: 0 });
      view().setUint32(at, next++, true);
      return GOOD;
    },
    fd_read(fd, list, count, at) {
      const file = descriptors.get(fd);
      if (!file) return BAD_FILE;
      view().setUint32(at, forPieces(list, count, (piece) => {
        const part = file.bytes.subarray(file.at, file.at + piece.length);
        piece.set(part);
        file.at += part.length;
        return part.length;
      }), true);
      return GOOD;
    },
    fd_write(fd, list, count, at) {
      if (!written[fd]) return BAD_FILE;
      view().setUint32(at, forPieces(list, count, (piece) => {
        written[fd].push(piece.slice());
        return piece.length;
      }), true);
      return GOOD;
    },
    fd_seek(fd, by, from, at) {
      const file = descriptors.get(fd);
      if (!file) return BAD_FILE;
      file.at = Number(by) + (from === 0 ? 0 : from === 1 ? file.at : file.bytes.length);
      view().setBigUint64(at, BigInt(file.at), true);
      return GOOD;
    },
    fd_close(fd) { return descriptors.delete(fd) ? GOOD : BAD_FILE; },
    proc_exit(status) { throw new Exit(status); },
  };
  const others = new Proxy(calls, { // what is imported and never called here
    get: (all, name) => all[name] || (() => NOT_SUPPORTED),
  });
  const instance = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: others,
    env: { tmpfile: () => 0 }, // there is none; a file that was opened here can be read twice
  });
  memory = instance.exports.memory;

  let status = 0;
  try {
    instance.exports._start();
  } catch (e) {
    if (!(e instanceof Exit)) throw e;
    status = e.status;
  }
  const all = async (stream) => new Blob(written[stream]).text();
  return { status, out: await all(1), err: await all(2) };
}

// What src/page/make has packed into the element of this id, as a Response.
function unpacked(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent.trim()), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}

// On a thread of its own, so that the page can be used meanwhile; without one, if there is none.
const Closeaf = (() => {
  let compiled = null; // a promise of the program
  let thread = null;   // what runs it
  let number = 0;      // of a run
  const waiting = new Map();

  function load() {
    if (!compiled) compiled = unpacked("closeaf-wasm").arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
    return compiled;
  }

  function begin() {
    const text = `${runProgram}
      onmessage = ({ data }) => runProgram(data.module, data.words, data.files).then(
        (said) => postMessage({ number: data.number, said }),
        (e) => postMessage({ number: data.number, fault: String(e) }));`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    thread = new Worker(address);
    thread.onmessage = ({ data }) => {
      const { good, bad } = waiting.get(data.number);
      waiting.delete(data.number);
      if (data.fault) bad(new Error(data.fault));
      else good(data.said);
    };
  }

  // What may be given up, stop() ends.
  async function run(words, files, mayBeGivenUp = false) {
    const module = await load();
    try {
      if (!thread) begin();
    } catch (e) { // some browsers allow a file no thread
      return runProgram(module, words, files);
    }
    return new Promise((good, bad) => {
      const message = { number: ++number, module, words, files };
      waiting.set(number, { good, bad, message, mayBeGivenUp });
      thread.postMessage(message);
    });
  }

  // What is under way and may be given up never ends; the rest begins anew.
  function stop() {
    const given = [...waiting.values()].filter((w) => w.mayBeGivenUp);
    if (!given.length) return;
    thread.terminate();
    begin();
    for (const w of given) waiting.delete(w.message.number);
    for (const w of waiting.values()) thread.postMessage(w.message);
  }

  return { run, stop };
})();
