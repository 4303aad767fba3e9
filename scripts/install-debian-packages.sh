#!/bin/sh
# The Debian packages that set-up and tests use, each with what shows that it is there, and why. As root on Debian, installs the missing
# ones; otherwise names them. A package that cannot be had is named, never a failure: the tests that need it are listed as not run.
# usage: install-debian-packages.sh [setup|test]
set -u
group=${1:-test}

packages() {
    cat <<'LIST'
setup  python3-venv              -                                                      makes the virtual environment
test   poppler-utils             pdftotext                                              reads printed PDFs back: text, fonts, pictures of pages
test   libreoffice-writer-nogui  soffice                                                opens ODT and DOCX as an office does
test   chromium                  chromium                                               looks at pages as a reader does
test   postgresql                /usr/lib/postgresql                                    the other database
test   fonts-cns11643-kai        /usr/share/fonts/truetype/cns11643/TW-Kai-98_1.ttf     the official face of forms, with every character
test   fonts-noto-cjk            /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc   the next choice, with a bold
LIST
}

is_there() {
    case $1 in
        -) return 1 ;;
        /*) [ -e "$1" ] ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing() { packages | while read -r for_group name sign why; do
    if [ "$for_group" = "$group" ] && ! is_there "$sign"; then echo "$name"; fi
done; }

name_missing() { packages | while read -r for_group name sign why; do
    if [ "$for_group" = "$group" ] && ! is_there "$sign"; then echo "  $name: $why"; fi
done; }

# dpkg refuses to work without the folders of the administrator's programs.
apt() { PATH="$PATH:/usr/sbin:/sbin" DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null; }

wanted=$(missing)
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing on this machine (root on Debian installs them: scripts/install-debian-packages.sh $group):"
    name_missing
    exit 0
fi

echo "Installing Debian packages:"
name_missing
apt update >/dev/null 2>&1 || echo "apt-get update failed; trying with what is known"
# Together when all can be had; one by one when not, so that one absent package does not keep the others away.
# shellcheck disable=SC2086
if ! apt install --no-install-recommends $wanted >/dev/null 2>&1; then
    for name in $wanted; do
        apt install --no-install-recommends "$name" >/dev/null 2>&1 || echo "Could not install $name"
    done
fi
exit 0
