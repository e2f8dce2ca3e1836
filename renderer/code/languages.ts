/** The languages that bodies come in, as parsers. Each gives a tree that covers the whole text, whatever is in it. */
import { type Parser, parseMixed } from '@lezer/common';
import { parser as css } from '@lezer/css';
import { parser as html } from '@lezer/html';
import { parser as javascript } from '@lezer/javascript';
import { parser as xml } from '@lezer/xml';

export const LANGUAGES = ['html', 'xml', 'css', 'js'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Scripts and styles within a page are read in their own language. */
const page = html.configure({
  wrap: parseMixed((node) => {
    if (node.name === 'ScriptText') return { parser: javascript };
    if (node.name === 'StyleText') return { parser: css };
    return null;
  }),
});

export const PARSERS: Readonly<Record<Language, Parser>> = { html: page, xml, css, js: javascript };
