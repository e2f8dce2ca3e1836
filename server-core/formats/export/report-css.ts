/** The styles of a report. It follows the reader's theme, and prints. */
export const REPORT_CSS = `
:root{color-scheme:light dark;--ink:#1a1f24;--dim:#5b6670;--paper:#fff;--band:#f1f3f5;--line:#d6dbe0;--ok:#0a6b3d;--re:#0b5cad;--no:#a33a00;--bad:#b3121d}
@media (prefers-color-scheme:dark){:root{--ink:#e3e8ec;--dim:#98a4ae;--paper:#12161a;--band:#1b2127;--line:#323b43;--ok:#5fd39a;--re:#7cb8f5;--no:#ffb27a;--bad:#ff8f8f}}
body{margin:24px auto;max-width:1200px;padding:0 16px;font:14px/20px system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:20px;line-height:28px;margin:0 0 16px}
h2{font-size:14px;margin:16px 0 4px}
small,.none,.foot,.columns{color:var(--dim);font-weight:normal;font-size:12px}
.columns,summary{display:grid;grid-template-columns:12px 48px 72px minmax(0,1fr) 128px 72px 72px 96px;gap:8px;align-items:baseline;padding:4px 8px}
.columns{margin:0;border-bottom:1px solid var(--line)}
.columns span:nth-child(n+5),summary span:nth-child(n+5){text-align:right}
summary::before{content:'▸';color:var(--dim)}.columns::before{content:''}details[open]>summary::before{content:'▾'}
summary{cursor:pointer;font:12px/20px ui-monospace,Menlo,Consolas,monospace;border-bottom:1px solid var(--line)}
summary span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
details[open]>summary{background:var(--band)}
details[open]>summary .target{white-space:normal;overflow-wrap:anywhere}
body>details>:not(summary){margin-left:28px;margin-right:8px}
details[open]{padding-bottom:16px}
.bytes,.bytes[open]{padding:0}.bytes>summary,.bytes[open]>summary{display:flex;border:0;padding:4px 0;color:var(--dim);background:none}
pre{margin:4px 0;padding:8px;background:var(--band);border-radius:4px;font:12px/16px ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.bytes pre{white-space:pre;overflow-x:auto}
ul{margin:4px 0;padding-left:20px}
.s2{color:var(--ok)}.s3,.s1{color:var(--re)}.s4{color:var(--no)}.s5{color:var(--bad)}
@media (max-width:760px){.columns{display:none}summary{grid-template-columns:12px 40px 56px minmax(0,1fr)}summary span:nth-child(n+4){display:none}}
`;
