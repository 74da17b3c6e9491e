import { compile } from 'html-to-text'

// A text may not be longer anyway, and a millisecond goes by with every thousand characters.
const longest = 100_000

const toText = compile({
  wordwrap: false,
  limits: { maxInputLength: longest, maxDepth: 200 },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '• ', leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
})

const looksLikeHtml =
  /<(?:p|br|div|ul|ol|li|b|i|strong|em|span|h[1-6]|a|table|script|style|img|section|article|body|html)(?:\s[^<>]{0,500})?\/?>|<\/(?:p|div|ul|ol|li|b|strong|span|h[1-6])>/i

/** Text without markup, its paragraphs and lists kept; what is no HTML is left as it is. */
export const textOfHtml = (text: string): string => (text.length <= longest && looksLikeHtml.test(text) ? toText(text).trim() : text)
