/** Money in major units → text. Null is an en dash: not known is not zero. */
export function money(amount: number | null | undefined, currency: string | null | undefined): string {
  if (amount === null || amount === undefined) return '–';
  const digits = Math.abs(amount) < 100 && !Number.isInteger(amount) ? 2 : 0;
  return format(amount, currency, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Short form for rows and charts: $4.2M, €120k. */
export function shortMoney(amount: number | null | undefined, currency: string | null | undefined): string {
  if (amount === null || amount === undefined) return '–';
  if (Math.abs(amount) < 1000) return money(Math.round(amount), currency);
  return format(amount, currency, { notation: 'compact', maximumFractionDigits: 1 }).replace('K', 'k');
}

/** With the sign written out, as movements and differences need it. */
export function signedMoney(amount: number, currency: string | null | undefined): string {
  const text = money(Math.abs(amount), currency);
  if (amount === 0) return text;
  return `${amount > 0 ? '+' : '−'}${text}`;
}

function format(amount: number, currency: string | null | undefined, options: Intl.NumberFormatOptions): string {
  const style: Intl.NumberFormatOptions = currency
    ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
    : {};
  return new Intl.NumberFormat('en-US', { ...style, minimumFractionDigits: 0, ...options }).format(amount);
}

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : new Intl.NumberFormat('en-US').format(value);
}

/** 0.873 → 87 %. Narrow no-break space, so that the sign stays with its number. */
export function percent(fraction: number | null | undefined, digits = 0): string {
  if (fraction === null || fraction === undefined) return '–';
  return `${(fraction * 100).toFixed(digits)}\u202f%`;
}

/** '1 account', '3 accounts'. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}
