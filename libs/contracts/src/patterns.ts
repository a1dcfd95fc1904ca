/** The forms that text must have, each with the words for a sender who missed it. */
export const patterns = {
  id: { form: '^\\S(?:[\\s\\S]*\\S)?$', words: 'a text without blanks at its ends' },
  email: { form: '^[^\\s@]+@[^\\s@]+$', words: 'an e-mail address' },
  url: { form: '^[hH][tT][tT][pP][sS]?://\\S+$', words: 'a web address that begins with http:// or https://' },
  domain: { form: '^[^\\s/@:]+\\.[^\\s/@:]+$', words: 'a domain name, like example.com' },
  currency: { form: '^[A-Z]{3}$', words: 'three capital letters (ISO 4217), like EUR' },
  tenantId: { form: '^[a-z0-9-]{1,40}$', words: '1 to 40 characters of a-z, 0-9 and -' },
  eventType: {
    form: '^tenure\\.[a-z-]+\\.[a-z-]+\\.v[1-9][0-9]*$',
    words: 'tenure.<entity>.<past tense>.v<version>',
  },
} as const;
