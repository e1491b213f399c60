#!/usr/bin/env bash
# Makes the workshop's own certificate authority (once) and a certificate for a name: deploy/make-certificates.sh NAME FOLDER
set -euo pipefail
umask 077
[ $# -eq 2 ] || { echo "use: $0 NAME FOLDER   (for example: $0 strate.atelier.internal /etc/strate/tls)" >&2; exit 2; }
name=$1
folder=$2
case $name in
    *[!a-zA-Z0-9.-]* | "" | .* | -*) echo "« $name » is not a name of a computer" >&2; exit 2 ;;
esac
command -v openssl >/dev/null || { echo "openssl is missing: apt-get install openssl" >&2; exit 1; }
mkdir -p "$folder"
cd "$folder"

if [ ! -e authority.key ]; then
    openssl ecparam -name prime256v1 -genkey -noout -out authority.key
    openssl req -x509 -new -key authority.key -sha256 -days 3650 -subj "/CN=Strate workshop authority" \
        -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -addext "nameConstraints=critical,permitted;DNS:${name#*.}" -out authority.crt
fi
openssl ecparam -name prime256v1 -genkey -noout -out "$name.key"
openssl req -new -key "$name.key" -subj "/CN=$name" -out "$name.csr"
openssl x509 -req -in "$name.csr" -CA authority.crt -CAkey authority.key -CAcreateserial -sha256 -days 397 -out "$name.leaf" \
    -extfile <(printf 'subjectAltName=DNS:%s\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n' "$name") 2>/dev/null
cat "$name.leaf" authority.crt > "$name.crt"
rm -f "$name.csr" "$name.leaf"
chmod 644 authority.crt "$name.crt"
echo "$folder/$name.crt and $name.key for the server; $folder/authority.crt for each tablet. Keep authority.key off the server."
