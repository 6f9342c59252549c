/** A module that takes and gives its values in a frame. */
export interface FrameGlue {
  readonly memory: WebAssembly.Memory;
  /** @returns where the frame begins, as a signed number */
  frame(size: number): number;
}

/** A value as a module takes it; a list's items are texts. */
export type Field = number | string | Uint8Array | readonly string[] | undefined;

/** A function of a module: it takes the length of its fields, and gives that of its answer. */
export type Call = (length: number) => number;

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/**
 * The buffer in a module's memory through which all values cross: written here, read there, and the other way round.
 */
export class Frame {
  readonly #glue: FrameGlue;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  #bytes = NOTHING;

  constructor(glue: FrameGlue) {
    this.#glue = glue;
  }

  /** At least the first `size` bytes, for writing, until the next call. */
  open(size: number): Uint8Array {
    // A view has no bytes once the memory has grown.
    if (this.#bytes.byteLength < size) {
      this.#bytes = this.#view(size, size);
    }
    return this.#bytes;
  }

  /**
   * Writes a text, as much of it as there is room for.
   *
   * @returns how many UTF-16 units were read, and how many bytes written
   */
  put(text: string, into: Uint8Array): { read: number; written: number } {
    return this.#encoder.encodeInto(text, into);
  }

  /** Writes bytes or a text from `at` on, where there is room; gives the number of bytes. */
  append(content: string | Uint8Array, at: number): number {
    if (content.length === 0) return 0;
    if (typeof content === "string") return this.put(content, this.#bytes.subarray(at)).written;
    this.#bytes.set(content, at);
    return content.length;
  }

  /** What a function answers to fields: a text. */
  text(fields: readonly Field[], call: Call): string {
    return this.#read(this.bytes(fields, call));
  }

  /** What a function answers to fields: texts, each behind its length. */
  texts(fields: readonly Field[], call: Call): string[] {
    const bytes = this.bytes(fields, call);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const texts: string[] = [];
    for (let at = 0; at < bytes.length; ) {
      const end = at + 4 + view.getUint32(at, true);
      texts.push(this.#read(bytes.subarray(at + 4, end)));
      at = end;
    }
    return texts;
  }

  /** What a function answers to fields: a float of 64 bits. */
  float(fields: readonly Field[], call: Call): number {
    const { buffer, byteOffset } = this.bytes(fields, call);
    return new DataView(buffer, byteOffset).getFloat64(0, true);
  }

  /** What a function answers to fields: bytes, which stand there until the next call. */
  bytes(fields: readonly Field[], call: Call): Uint8Array {
    return this.#answer(this.number(fields, call));
  }

  /** What a function answers to fields: a number, which is not negative. */
  number(fields: readonly Field[], call: Call): number {
    const status = call(this.#write(fields));
    this.#bytes = NOTHING; // the answer took the fields' place
    this.check(status);
    return status;
  }

  /** Throws, as a string, what a negative number stands for; the module makes an error of it. */
  check(status: number): void {
    if (status < 0) throw this.#read(this.#answer(-status));
  }

  /** A list as a module takes it. */
  list(items: readonly string[]): Uint8Array {
    const values = items.map((item) => this.#encoder.encode(item));
    const list = new Uint8Array(sizeOf(values));
    fill(list, values);
    return list;
  }

  #read(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes);
  }

  #answer(length: number): Uint8Array {
    this.#bytes = NOTHING;
    return this.#view(0, length);
  }

  /** The first `length` bytes of a frame that has at least `size`; to make it bigger may change the memory's buffer. */
  #view(size: number, length: number): Uint8Array<ArrayBuffer> {
    const address = this.#glue.frame(size) >>> 0;
    return new Uint8Array(this.#glue.memory.buffer, address, length);
  }

  #write(fields: readonly Field[]): number {
    const values = fields.map((field) => {
      if (typeof field === "string") return this.#encoder.encode(field);
      return Array.isArray(field) ? this.list(field) : (field as Exclude<Field, string | readonly string[]>);
    });
    const size = sizeOf(values);
    fill(this.open(size), values);
    return size;
  }
}

/** The frame of an instance. */
export function frameOf(glue: FrameGlue): Frame {
  return new Frame(glue);
}

type Value = number | Uint8Array | undefined;

function sizeOf(values: readonly Value[]): number {
  return values.reduce<number>(
    (size, value) => size + (typeof value === "number" ? 8 : 4 + (value?.length ?? 0)),
    0,
  );
}

/**
 * Writes numbers as floats of 64 bits, and each other value behind its length: 32 bits, all ones for an absent one. All
 * are little-endian.
 */
function fill(bytes: Uint8Array, values: readonly Value[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let at = 0;
  for (const value of values) {
    if (typeof value === "number") {
      view.setFloat64(at, value, true);
      at += 8;
      continue;
    }
    view.setUint32(at, value?.length ?? 0xffff_ffff, true);
    at += 4;
    if (value !== undefined) bytes.set(value, at);
    at += value?.length ?? 0;
  }
}
