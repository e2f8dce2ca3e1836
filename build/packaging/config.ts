/** What electron-builder makes of `out/`: the same app in the forms that each platform installs. */
import type { Configuration } from 'electron-builder';

const HERE = 'build/packaging';
const NAME = 'Wirescope';

/** What opens with a double click, and never becomes the first choice for what another program owns. */
const DOCUMENTS = [
  {
    ext: 'wirescope',
    name: 'Wirescope capture',
    description: 'HTTP traffic that Wirescope captured',
    mimeType: 'application/vnd.wirescope.capture',
    role: 'Viewer' as const,
    rank: 'Owner' as const,
  },
];

/** Of a package, with electron-builder's own placeholders. */
const fileName = (kind: string) => `\${name}-\${version}-${kind}-\${arch}.\${ext}`;

/** `env` may name where updates are looked for, and where the project is at home. Signing reads its own variables. */
export function configuration(env: NodeJS.ProcessEnv): Configuration {
  return {
    appId: 'app.wirescope',
    productName: NAME,
    copyright: 'MIT licence',
    directories: { output: 'out/packages', buildResources: HERE },
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
    extraMetadata: { homepage: env.WIRESCOPE_HOMEPAGE ?? 'https://wirescope.invalid/' },
    // With an address, `latest*.yml` is written beside the packages, for whoever looks for updates.
    publish: env.WIRESCOPE_UPDATES ? [{ provider: 'generic', url: env.WIRESCOPE_UPDATES }] : null,
    fileAssociations: DOCUMENTS,

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
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      // "Serve with Wirescope" where the Explorer shows what to do with a folder.
      include: `${HERE}/explorer-menu.nsh`,
      artifactName: fileName('setup'),
    },
    portable: { artifactName: fileName('portable') },

    linux: {
      target: [
        { target: 'AppImage', arch: ['x64', 'arm64'] },
        { target: 'deb', arch: ['x64', 'arm64'] },
        { target: 'rpm', arch: ['x64', 'arm64'] },
      ],
      icon: `${HERE}/icons`,
      executableName: 'wirescope-desktop',
      syncDesktopName: true,
      category: 'Development',
      synopsis: 'An oscilloscope for HTTP',
      maintainer: `The ${NAME} authors <authors@wirescope.invalid>`,
      vendor: NAME,
      // "Open with" of the file managers.
      mimeTypes: ['inode/directory'],
      desktop: {
        entry: { Keywords: 'http;server;inspector;', StartupNotify: 'true' },
      },
    },
    // The runtime that needs no libfuse2 on the machine.
    toolsets: { appimage: '1.0.3' },
  };
}
