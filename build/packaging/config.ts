/** What electron-builder makes of `out/`: the same app in the forms that each platform installs. */
import type { Configuration } from 'electron-builder';
import { missingOf, type Publisher } from './publisher.ts';

const HERE = 'build/packaging';
const NAME = 'Wirescope';

/** What opens with a double click. */
const CAPTURES = [
  {
    ext: 'wirescope',
    name: 'Wirescope capture',
    description: 'HTTP traffic that Wirescope captured',
    mimeType: 'application/vnd.wirescope.capture',
    role: 'Viewer' as const,
    rank: 'Owner' as const,
  },
];

/** Of other programs: to be chosen in "Open With", and never taken from whoever has them. */
const IMPORTS = [
  { ext: 'har', name: 'HTTP archive', mimeType: 'application/x-har+json' },
  { ext: 'pcap', name: 'Packet capture', mimeType: 'application/vnd.tcpdump.pcap' },
  { ext: 'pcapng', name: 'Packet capture', mimeType: 'application/x-pcapng' },
].map((type) => ({ ...type, description: type.name, role: 'Viewer' as const, rank: 'Alternate' as const }));

/** "Serve with Wirescope" on folders in Dolphin; Nautilus has "Open With" alone, by the desktop entry. */
const FILE_MANAGERS = [`${HERE}/dolphin-menu.desktop=/usr/share/kio/servicemenus/wirescope.desktop`];

/** Of a package, with electron-builder's own placeholders. */
const fileName = (kind: string) => `\${name}-\${version}-${kind}-\${arch}.\${ext}`;

/** `env` may name where updates are looked for. Signing reads its own variables. */
export function configuration(env: NodeJS.ProcessEnv, publisher: Publisher): Configuration {
  const isNamed = missingOf(publisher) === undefined;
  const named = (target: string) => (isNamed ? [{ target, arch: ['x64' as const, 'arm64' as const] }] : []);
  return {
    appId: 'app.wirescope',
    productName: NAME,
    copyright: 'MIT licence',
    directories: { output: 'out/packages', buildResources: HERE },
    // From there into each package; a configuration has no other place for it.
    ...(publisher.homepage !== undefined && { extraMetadata: { homepage: publisher.homepage } }),
    files: [
      'package.json',
      'out/{main,preload,utility,renderer,www}/**',
      '!**/{*.map,.stamp}',
      // Everything is bundled.
      '!node_modules/**',
    ],
    asar: true,
    // The tour is served like any folder: by real paths and file descriptors, which an archive does not have.
    asarUnpack: ['out/www/**'],
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    electronLanguages: ['en', 'en-US'],
    artifactName: fileName(`\${os}`),
    // With an address, `latest*.yml` is written beside the packages, for whoever looks for updates.
    publish: env.WIRESCOPE_UPDATES ? [{ provider: 'generic', url: env.WIRESCOPE_UPDATES }] : null,

    electronFuses: {
      // The model "a process for each connection" forks this program as Node: without it that model says it cannot.
      runAsNode: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },

    mac: {
      category: 'public.app-category.developer-tools',
      target: [
        { target: 'dmg', arch: ['arm64', 'x64'] },
        { target: 'zip', arch: ['arm64', 'x64'] },
      ],
      icon: `${HERE}/icons/icon.icns`,
      fileAssociations: [...CAPTURES, ...IMPORTS],
      minimumSystemVersion: '13.0',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: `${HERE}/entitlements.mac.plist`,
      entitlementsInherit: `${HERE}/entitlements.mac.plist`,
      extendInfo: {
        // "Open with" and the Dock take folders, too.
        CFBundleDocumentTypes: [
          {
            CFBundleTypeName: 'Folder',
            CFBundleTypeRole: 'Viewer',
            LSHandlerRank: 'Alternate',
            LSItemContentTypes: ['public.folder'],
          },
        ],
        NSLocalNetworkUsageDescription: 'Serves the folders you choose to the devices on your network.',
      },
    },
    dmg: { sign: false },

    win: {
      target: [
        { target: 'nsis', arch: ['x64', 'arm64'] },
        { target: 'portable', arch: ['x64'] },
      ],
      icon: `${HERE}/icons/icon.ico`,
      // An installer would make each the first choice: explorer-menu.nsh puts the others into "Open with".
      fileAssociations: CAPTURES,
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      // "Serve with Wirescope" where the Explorer shows what to do with a folder, and "Open with" for other captures.
      include: `${HERE}/explorer-menu.nsh`,
      artifactName: fileName('setup'),
    },
    portable: { artifactName: fileName('portable') },

    linux: {
      target: [{ target: 'AppImage', arch: ['x64', 'arm64'] }, ...named('deb'), ...named('rpm')],
      icon: `${HERE}/icons`,
      executableName: 'wirescope-desktop',
      syncDesktopName: true,
      category: 'Development',
      synopsis: 'An oscilloscope for HTTP',
      ...(publisher.maintainer !== undefined && { maintainer: publisher.maintainer }),
      vendor: NAME,
      fileAssociations: [...CAPTURES, ...IMPORTS],
      // "Open with" of the file managers.
      mimeTypes: ['inode/directory'],
      desktop: {
        entry: { Keywords: 'http;server;inspector;', StartupNotify: 'true' },
      },
    },
    deb: { packageCategory: 'devel', fpm: FILE_MANAGERS },
    rpm: { packageCategory: 'Development/Tools', fpm: FILE_MANAGERS },
    // The runtime that needs no libfuse2 on the machine.
    toolsets: { appimage: '1.0.3' },
  };
}
