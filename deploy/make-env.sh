#!/bin/sh
# Writes .env from .env.example with a fresh random value for every empty password and key. An existing .env is kept.
set -eu
cd "$(dirname "$0")/.."
umask 077

if [ -e .env ]; then
    echo "make-env: .env exists and is kept; delete it to make another" >&2
    exit 1
fi

random_hex() { # bytes
    od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'
}

while IFS= read -r line; do
    case $line in
        \#*) printf '%s\n' "$line" ;;
        NEWSDEX_ADMIN_KEY=) printf '%sndx_%s_%s\n' "$line" "$(random_hex 6)" "$(random_hex 24)" ;;
        *_PASSWORD= | *_KEY=) printf '%s%s\n' "$line" "$(random_hex 24)" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <.env.example >.env.new
mv .env.new .env
echo "make-env: wrote .env; set NEWSDEX_USER_AGENT in it, then: docker compose up --detach"
