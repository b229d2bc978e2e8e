#!/bin/sh
# Install the system packages that some tests use, where this user may; elsewhere say what is missing.
# Tests that need a missing one are skipped and say so.
set -u

missing=
need() { # need COMMAND PACKAGE...
    command -v "$1" >/dev/null 2>&1 || { shift; missing="$missing $*"; }
}
need tesseract tesseract-ocr tesseract-ocr-vie
need soffice libreoffice-writer-nogui
need chromium chromium
[ -d /usr/share/fonts/truetype/dejavu ] || missing="$missing fonts-dejavu-core"

[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 ||
        echo "could not install$missing; the tests that need them are skipped"
else
    echo "missing:$missing; the tests that need them are skipped"
fi
exit 0
