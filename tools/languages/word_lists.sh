#!/bin/sh
# Unpacks the word lists of Debian's tesseract-ocr-* packages (Apache-2.0) for train_identifier.py.
# Usage: tools/languages/word_lists.sh DIR, as root of a Debian 12 with tesseract-ocr installed. Writes DIR/CODE.words.
set -eu
mkdir -p "$1/packages"
cd "$1/packages"
apt-cache search --names-only '^tesseract-ocr-[a-z]*$' | awk '{ print $1 }' | grep -v -e '-all$' -e '-osd$' | xargs apt-get -qq download
for package in *.deb; do
    code=$(echo "$package" | sed 's/tesseract-ocr-\([a-z]*\)_.*/\1/')
    dpkg-deb -x "$package" unpacked
    combine_tessdata -u "$(find unpacked -name '*.traineddata')" part. > part.log 2>&1
    dawg2wordlist part.lstm-unicharset part.lstm-word-dawg "../$code.words" > part.log 2>&1
    rm -rf unpacked part.*
done
