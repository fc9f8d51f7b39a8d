#!/bin/sh
# Runs published clients of LibreTranslate, unchanged, against a server with the contained models.
# Usage: tools/clients/libretranslate.sh [URL]   Without a URL it starts the server itself, of a Release build. Needs node and npm, else it is skipped.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if ! command -v node > /dev/null || ! command -v npm > /dev/null; then
    echo "skipped: node and npm are needed"
    exit 0
fi

work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2> /dev/null || true; fi; rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' > package.json
# libretranslate is AGPL and is only run here, as any client of the server would be. The last three are what libretranslate-extended needs and does not name.
npm install --no-audit --no-fund --ignore-scripts --loglevel=error \
    libretranslate@1.0.1 libretranslate-ts@0.5.12 libretranslate-extended@1.1.25 translate@3.1.0 anylang@3.4.0 \
    n8n-nodes-libretranslate@0.0.3 dotenv@16 node-fetch@2 tslib@2 > npm.log 2>&1 || { echo "skipped: npm could not install the clients"; tail -3 npm.log; exit 0; }

url=${1:-}
if [ -z "$url" ]; then
    url=http://127.0.0.1:5099
    dotnet "$root/src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli.dll" serve "$root/models/en-de" "$root/models/de-en" --host 127.0.0.1 --port 5099 > server.log 2>&1 &
    server=$!
    for _ in $(seq 1 100); do
        if node -e "fetch('$url/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"; then break; fi
        sleep 0.3
    done
fi

node "$here/libretranslate.mjs" "$url"
