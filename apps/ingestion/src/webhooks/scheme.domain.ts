/** One value, or several with a separator, in a header; of several, those that begin with the prefix, without it. */
export interface HeaderPart {
  readonly header: string;
  readonly separator?: string;
  readonly prefix?: string;
}

/** When the vendor says that it signed or that it happened. In the body it counts because the body is signed. */
export type StatedTime =
  | (HeaderPart & { readonly in: 'header'; readonly unit: 's' | 'ms' | 'iso' })
  | { readonly in: 'body'; readonly pointers: readonly string[] };

/** What names one delivery, the same in every retry, and is itself signed. Without one, what was signed is its name. */
export type DeliveryName =
  { readonly in: 'header'; readonly header: string } | { readonly in: 'body'; readonly pointer: string };

/** How a vendor proves that a request is its own. */
export interface Scheme {
  /** `shared-secret`: the vendor signs nothing, the secret itself stands in the header. */
  readonly algorithm: 'sha256' | 'sha1' | 'shared-secret';
  readonly encoding: 'hex' | 'base64' | 'text';
  /** Where the signature stands; any of several may be right. */
  readonly signature: readonly HeaderPart[];
  /** What is signed, with `{body}`, `{timestamp}`, `{id}`, `{method}`, `{url}` put in, all of them byte for byte as sent. */
  readonly message: string;
  readonly time: StatedTime | null;
  /** Seconds by which the stated time may differ from ours, either way. */
  readonly toleranceS: number;
  readonly delivery: DeliveryName | null;
  /** What the secret's text is to the algorithm: its UTF-8, or base64 behind `whsec_`. */
  readonly secretBytes: 'utf8' | 'whsec';
}

/** A vendor: how it signs, who makes the secret, and what its admin has to know. */
export interface VendorRow {
  readonly name: string;
  readonly scheme: Scheme;
  /** `vendor`: it shows a secret that is pasted here. `tenure`: we make one that is pasted there. */
  readonly secretFrom: 'vendor' | 'tenure';
  /** What the vendor calls the secret. */
  readonly secretCalled: string;
  /** A header that names what is sent, the same in retries; not signed, so nothing is believed because of it. */
  readonly invocationHeader?: string;
  /** Seconds that a delivery is remembered for; default: three days, longer than most vendors go on trying. */
  readonly rememberS?: number;
  /** Where in an item it says what kind of thing it tells: for lists of what was refused. */
  readonly typePointer: string | null;
}
