# Read by ./betar and ./test with $root set: builds what is stale, once, under a lock.
# Output goes to the ignored folder artifacts/, so that a build in an editor and these builds never meet.
artifacts=$root/artifacts

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

need_sdk() {
    want=$(sed -n 's/.*"version": *"\([0-9]*\.[0-9]*\)\..*/\1/p' "$root/global.json")
    command -v dotnet >/dev/null 2>&1 ||
        die "The .NET SDK $want is missing: install it (https://dotnet.microsoft.com/download, or the package dotnet-sdk-$want) and run this again."
    (cd "$root" && dotnet --version) >/dev/null 2>&1 ||
        die "The .NET SDK found is not version $want: install that one (https://dotnet.microsoft.com/download, or the package dotnet-sdk-$want) and run this again."
}

# Folders are looked at too: a file that was added, removed or renamed changes its folder's time.
stale() { # STAMP FOLDER...
    since=$1
    [ -f "$since" ] || return 0
    shift
    [ -n "$(cd "$root" && find "$@" eng Directory.* global.json .editorconfig \
        \( -name bin -o -name obj \) -prune -o -newer "$since" -print 2>/dev/null | head -n 1)" ]
}

# Child processes must not inherit the lock: compiler servers outlive the build.
locked() { # COMMAND...
    mkdir -p "$artifacts"
    exec 9>"$artifacts/.lock"
    command -v flock >/dev/null 2>&1 && flock 9
    "$@" 9>&-
    status=$?
    exec 9>&-
    return $status
}

compile() { # TARGET LOG
    (cd "$root" && DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 \
        dotnet build "$1" -c Release --artifacts-path "$artifacts" -v quiet --nologo -clp:NoSummary -tl:off \
        -p:Engine="${BETAR_ENGINE:-Embedded}") >"$2" 2>&1 </dev/null
}

show_failure() { # LOG
    say "The build failed; the end of $1:"
    { grep -E '(error|warning) [A-Z]+[0-9]+' "$1" | sort -u | head -n 20 | grep . || tail -n 20 "$1"; } >&2
}

# A running node keeps the files it was started from: each build gets a folder of its own, and the folders of
# builds that nobody runs any more go.
publish() { # PROJECT
    apps=$artifacts/app/$1
    fresh=$(date +%s)-$$
    mkdir -p "$apps"
    cp -R "$artifacts/bin/$1/release" "$apps/$fresh" || return 1
    sdk=$(readlink -f "$(command -v dotnet)")
    printf '%s\n' "${sdk%/dotnet}" >"$apps/runtime"
    printf '%s\n' "$fresh" >"$apps/current.new" && mv "$apps/current.new" "$apps/current"
    running=$(ls -l /proc/[0-9]*/exe 2>/dev/null)
    for old in "$apps"/*-*; do
        case "$old: $running" in
            "$apps/$fresh:"* | *"$old/"*) ;;
            *) rm -rf "$old" ;;
        esac
    done
}

rebuild_app() { # PROJECT FOLDER
    stamp=$artifacts/app/$1.stamp
    stale "$stamp" src "$2/$1" || return 0
    need_sdk
    [ -t 2 ] && printf 'betar: building… ' >&2 || say 'betar: building…'
    mkdir -p "$artifacts/app"
    : >"$stamp.new"
    "$root/eng/tools" run >"$artifacts/tools.log" 2>&1
    log=$artifacts/build-$1.log
    if ! compile "$2/$1/$1.csproj" "$log"; then
        [ -t 2 ] && printf '\n' >&2
        show_failure "$log"
        return 1
    fi
    publish "$1" || { say "The build could not be copied to $artifacts/app: is the disk full?"; return 1; }
    mv "$stamp.new" "$stamp"
    [ -t 2 ] && printf '\r\033[K' >&2
    return 0
}

# Becomes the program of PROJECT in FOLDER, built first when its sources changed.
run_app() { # PROJECT FOLDER ARGUMENTS...
    name=$1
    if stale "$artifacts/app/$1.stamp" src "$2/$1"; then
        locked rebuild_app "$1" "$2" || exit 1
    fi
    shift 2
    read -r current <"$artifacts/app/$name/current" || exit 1
    if [ -z "${DOTNET_ROOT-}" ]; then
        read -r DOTNET_ROOT <"$artifacts/app/$name/runtime" && export DOTNET_ROOT
    fi
    use_tools
    # Short pauses instead of rare long ones: docs/decisions/0022.
    export DOTNET_GCgen0size="${DOTNET_GCgen0size:-0x800000}"
    exec "$artifacts/app/$name/$current/$name" "$@"
}

# Libraries that eng/tools unpacked are found before it is asked whether the system has them.
use_tools() {
    for lib in "$root"/.tools/debian/usr/lib/*-linux-gnu; do
        [ -d "$lib" ] && export LD_LIBRARY_PATH="$lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    done
    return 0
}
