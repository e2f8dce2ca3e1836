/** How to make a machine trust an authority: never done by ourselves, since all of its browsers would be changed. */
export function trustAdvice(path: string, platform: NodeJS.Platform = process.platform): readonly string[] {
  return [
    `A certificate authority of your own was made: ${path}`,
    platform === 'darwin'
      ? `To trust it: sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain "${path}"`
      : platform === 'win32'
        ? `To trust it: certutil -user -addstore Root "${path}"`
        : 'To trust it: import it as an authority in the settings of the browser; for other programs copy it to ' +
          '/usr/local/share/ca-certificates/wirescope.crt and run sudo update-ca-certificates (or sudo trust anchor)',
  ];
}
