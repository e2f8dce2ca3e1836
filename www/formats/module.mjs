// text/javascript, the one type for scripts since RFC 9239.
export const divisions = (bytes, perDivision = 256) => Math.ceil(bytes / perDivision);
