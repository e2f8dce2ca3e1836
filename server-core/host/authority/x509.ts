/** X.509 certificates (RFC 5280) with ECDSA on P-256, the keys that every client of today takes. */
import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import type { Scope } from './name-constraints.ts';

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';

export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A certificate authority that signs itself, for hosts within `scope` and nothing below it. PEM. */
export function authorityCertificate(key: KeyObject, name: string, life: Lifetime, scope: Scope): string {
  const subject = distinguishedName(name);
  const spki = publicKeyInfo(key);
  return signed(key, { subject, issuer: subject, life, spki }, [
    // RFC 5280 §4.2.1.9: a path length of 0 means that it may sign no other authority.
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign), true),
    extension(id_ce_nameConstraints, constraints(scope), true),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(spki))),
  ]);
}

/** A server's certificate for these hosts, signed by the authority. PEM. */
export function serverCertificate(
  authority: { readonly cert: Uint8Array; readonly key: KeyObject },
  key: KeyObject,
  hosts: readonly string[],
  life: Lifetime,
): string {
  const issuer = AsnConvert.parse(authority.cert, Certificate).tbsCertificate;
  const spki = publicKeyInfo(key);
  // Not the bare host: where no DNS name stands beside it, OpenSSL holds a name of that look to the constraints.
  const subject = distinguishedName(`Wirescope at ${hosts[0] ?? 'nowhere'}`);
  const names = { subject, issuer: issuer.subject };
  return signed(authority.key, { ...names, life, spki }, [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
    extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
    extension(id_ce_subjectAltName, new SubjectAlternativeName(hosts.map(generalName))),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(spki))),
    extension(
      id_ce_authorityKeyIdentifier,
      new AuthorityKeyIdentifier({
        keyIdentifier: new KeyIdentifier(keyIdentifier(issuer.subjectPublicKeyInfo)),
      }),
    ),
  ]);
}

/** What the certificate of an authority says that it may speak for; undefined when it sets no bounds. */
export function scopeOf(cert: Uint8Array): Scope | undefined {
  const { extensions } = AsnConvert.parse(cert, Certificate).tbsCertificate;
  const found = extensions?.find(({ extnID }) => extnID === id_ce_nameConstraints);
  if (!found) return undefined;
  const { permittedSubtrees } = AsnConvert.parse(found.extnValue, NameConstraints);
  const bases = permittedSubtrees?.map(({ base }) => base) ?? [];
  return {
    domains: bases.flatMap(({ dNSName }) => dNSName ?? []),
    networks: bases.flatMap(({ iPAddress }) => iPAddress ?? []),
  };
}

interface Contents {
  readonly subject: Name;
  readonly issuer: Name;
  readonly life: Lifetime;
  readonly spki: SubjectPublicKeyInfo;
}

function signed(key: KeyObject, { subject, issuer, life, spki }: Contents, extensions: Extension[]): string {
  // RFC 5758 §3.2: this algorithm has no parameters field.
  const signature = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature,
    issuer,
    validity: new Validity(life),
    subject,
    subjectPublicKeyInfo: spki,
    extensions: new Extensions(extensions),
  });
  const bytes = AsnConvert.serialize(tbs);
  const certificate = new Certificate({
    tbsCertificate: tbs,
    signatureAlgorithm: signature,
    signatureValue: arrayBuffer(sign('sha256', new Uint8Array(bytes), key)),
  });
  return pem(AsnConvert.serialize(certificate));
}

/** RFC 5280 §4.1.2.2: positive and not guessable. The first byte keeps it from being negative or short. */
function serialNumber(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return arrayBuffer(bytes);
}

function distinguishedName(commonName: string): Name {
  const part = (type: string, text: string) =>
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: text }) }),
    ]);
  return new Name([part(ORGANIZATION, 'Wirescope'), part(COMMON_NAME, commonName)]);
}

function publicKeyInfo(key: KeyObject): SubjectPublicKeyInfo {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return AsnConvert.parse(der, SubjectPublicKeyInfo);
}

/** RFC 5280 §4.2.1.2, method 1. */
function keyIdentifier(spki: SubjectPublicKeyInfo): ArrayBuffer {
  return arrayBuffer(createHash('sha1').update(new Uint8Array(spki.subjectPublicKey)).digest());
}

function constraints({ domains, networks }: Scope): NameConstraints {
  const names = [
    ...domains.map((dNSName) => new GeneralName({ dNSName })),
    ...networks.map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  return new NameConstraints({
    permittedSubtrees: new GeneralSubtrees(names.map((base) => new GeneralSubtree({ base }))),
  });
}

function generalName(host: string): GeneralName {
  return new GeneralName(isIP(host) === 0 ? { dNSName: host } : { iPAddress: host });
}

function extension(extnID: string, value: unknown, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function arrayBuffer(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** RFC 7468 §5. */
function pem(der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
