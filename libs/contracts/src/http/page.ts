/** One page of a list. `nextCursor` is null on the last page. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A page of a list that also tells how many there are in all. */
export interface CountedPage<Item> extends Page<Item> {
  total: number;
}

/** RFC 9457, `application/problem+json`. `code` is stable; `pointer` is a JSON pointer into the request's body. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  pointer?: string;
  errors?: { pointer: string; code: string; detail: string }[];
  traceId?: string;
}

/** A person who owns an account or a renewal. */
export interface OwnerRef {
  email: string;
  name: string | null;
}
