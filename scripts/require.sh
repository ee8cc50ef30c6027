#!/bin/sh
# Install the system programs named, or say in one sentence which is missing and how to install it.
set -u

package_of() {
    case "$1" in
        chromium) echo chromium ;;
        nginx) echo nginx-light ;;
        pg_ctlcluster) echo postgresql ;;
        java) echo openjdk-17-jre-headless ;;
    esac
}

for program in "$@"; do
    command -v "$program" >/dev/null 2>&1 && continue
    package=$(package_of "$program")
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        echo "Installation de $package…"
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package"; } >/dev/null 2>&1
    fi
    if ! command -v "$program" >/dev/null 2>&1; then
        echo "Il manque le programme « $program » : installez-le (Debian : apt-get install $package) et relancez." >&2
        exit 1
    fi
done
