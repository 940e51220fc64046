# Shared by the scripts beside it; sourced, not run.
# shellcheck shell=bash

set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
gantry=$top/.build/release/gantry

# What gantry runs on and is built against. Everything is a Debian package.
runtime_packages=(containerd runc containernetworking-plugins nftables iproute2)
build_packages=(libsqlite3-dev zlib1g-dev libssl-dev libjemalloc-dev)

die() { echo "$(basename "$0"): $*" >&2; exit 1; }

say() { printf '%s\n' "$*"; }

# Root is needed to install packages and to run containers, not to build.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo --preserve-env=PATH,KUBECONFIG,GANTRY_DATA,GANTRY_CACHE,GANTRY_CLUSTER_TESTS "$@"
    else
        die "root is needed for: $*; run this as root or install sudo"
    fi
}

installed() { [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2> /dev/null)" = "ii " ]; }

# install PACKAGE...: those that are missing, in one go; silent when there is nothing to do.
install() {
    local package missing=()
    for package in "$@"; do installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
}

# A system containerd that this installation has just brought along would only take memory: gantry runs its own.
install_runtime() {
    local had=yes
    installed containerd || had=
    install "${runtime_packages[@]}"
    if [ -z "$had" ] && command -v systemctl > /dev/null && systemctl is-active -q containerd; then
        as_root systemctl disable --now -q containerd
    fi
    command -v kubectl > /dev/null || install kubernetes-client
}

require_swift() {
    command -v swift > /dev/null ||
        die "no swift on the PATH; install the Swift 6.3 toolchain for Debian 12 from https://www.swift.org/install"
}

# build [EXTRA SWIFT BUILD ARGUMENTS]: the release build; the same flags everywhere, so that nothing is built twice.
build() {
    require_swift
    install "${build_packages[@]}"
    (cd "$top" && swift build -c release "$@")
}

started=$SECONDS
# phase NAME COMMAND...: runs it and prints how long it took.
phase() {
    local name=$1 begin=$SECONDS
    shift
    say "== $name"
    "$@"
    say "== $name: $((SECONDS - begin)) s"
}
