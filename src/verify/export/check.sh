#!/bin/sh
# Repeats every check that stock programs can make on this folder: the bytes of all files, each
# signature as of the time at which it was made, time stamps, and that each text and ring that a
# statement names is here. It ends with counts, and with 0 only if everything stands.
#
# This script comes from whoever gave you the folder. README.md says what to do about that.
set -u
LC_ALL=C
export LC_ALL
cd -- "$(dirname -- "$0")" || exit 2

for program in ssh-keygen sha256sum awk grep sed tr; do
    if ! command -v "$program" >/dev/null 2>&1; then
        printf 'this needs %s\n' "$program" >&2
        exit 2
    fi
done

signed=0
good=0
failed=0
expected=0
stamped=0
skipped=0
without_text=0
good_rings=''

# Says that something fails: what, and why.
fails() {
    failed=$((failed + 1))
    printf 'FAILS     %s: %s\n' "$1" "$2"
}

# Prints the value of the first line of a file with a key.
value() {
    sed -n "s/^$1: //p" "$2" | sed -n 1p
}

# Prints what a list says of a name: the rest of its line.
listed() {
    awk -v name="$1" '$1 == name { sub(/^[^ ]+ /, ""); print; exit }' "$2"
}

# Whether a digest is that of a file in a folder.
is_in() {
    grep -q "^$1  $2/" SHA256SUMS
}

# 1. The bytes of all files.
if ! sha256sum --strict --quiet -c SHA256SUMS; then
    fails SHA256SUMS 'files are not the ones that are listed'
fi

# 2. Statements: the signature, and what the statement names.
workspace=''
if [ -f rings/1.txt ]; then
    workspace=$(value workspace rings/1.txt)
fi
for statement in statements/*.txt; do
    [ -f "$statement" ] || continue
    signed=$((signed + 1))
    name=${statement#statements/}
    name=${name%.txt}
    by=$(value by "$statement")
    act=$(value act "$statement")
    signed_at=$(value signed_at "$statement")
    ring=$(value ring "$statement")
    time=$(printf '%s' "$signed_at" | tr -d 'T:-')
    case $act in
    approval | review | acknowledgement | ring) ;;
    *) act=none ;;
    esac

    is_good=no
    if [ -f "$statement.sig" ] && ssh-keygen -Y verify -f allowed_signers -I "$by" \
        -n "$act@avouch" "-Overify-time=$time" -s "$statement.sig" \
        <"$statement" >/dev/null 2>&1; then
        is_good=yes
    fi
    reason=$(listed "$statement" expected-failures.txt)
    if [ -n "$reason" ]; then
        expected=$((expected + 1))
        printf 'EXPECTED  %s: %s (signature good for ssh-keygen: %s)\n' "$name" "$reason" "$is_good"
        continue
    fi
    if [ "$is_good" = no ]; then
        fails "$name" 'ssh-keygen does not accept the signature'
        continue
    fi
    if ! grep -q "  $statement\$" SHA256SUMS; then
        fails "$name" 'SHA256SUMS does not list it'
        continue
    fi
    if [ -n "$workspace" ] && [ "$(value workspace "$statement")" != "$workspace" ]; then
        fails "$name" 'it was made for another workspace than the rings'
        continue
    fi
    if [ "$ring" != none ] && ! is_in "${ring#sha256:}" rings; then
        fails "$name" 'the ring that it names is not here'
        continue
    fi
    if [ "$ring" = none ] && [ "$act" != ring ] && [ -f rings/1.txt ]; then
        fails "$name" 'it names no ring'
        continue
    fi
    is_complete=yes
    for digest in $(sed -n 's/^digest: sha256:\([0-9a-f]*\)$/\1/p' "$statement"); do
        if [ "$act" = ring ]; then
            if is_in "$digest" rings; then
                good_rings="$good_rings $digest"
            else
                is_complete=no
            fi
        elif grep -q "^$digest  forms/$digest\$" SHA256SUMS; then
            :
        elif grep -q "^$digest " without-text.txt; then
            without_text=$((without_text + 1))
            printf 'NO TEXT   %s: %s\n' "$name" "$(grep "^$digest " without-text.txt)"
        else
            is_complete=no
        fi
    done
    if [ "$is_complete" = no ]; then
        fails "$name" 'a text that it names is not here'
        continue
    fi
    good=$((good + 1))
    printf 'good      %s\n' "$name"

    # 3. The time stamp, which is over the bytes of the signature.
    [ -f "$statement.sig.tsr" ] || continue
    stamp=$(listed "$name" time-stamps.txt)
    if [ -z "$stamp" ]; then
        # A time stamp that proves nothing is among the expected failures, see below.
        continue
    elif ! command -v openssl >/dev/null 2>&1; then
        skipped=$((skipped + 1))
        printf 'SKIPPED   %s: the time stamp, as there is no openssl\n' "$name"
    else
        form=''
        [ "${stamp#* }" = token ] && form=-token_in
        # shellcheck disable=SC2086 # an empty form is no argument
        if openssl ts -verify -data "$statement.sig" -in "$statement.sig.tsr" $form \
            -CAfile authorities.pem -attime "${stamp% *}" >/dev/null 2>&1; then
            stamped=$((stamped + 1))
        else
            fails "$name" 'openssl does not accept the time stamp'
        fi
    fi
done

# 4. Rings: each is signed and names the one before it.
previous=none
number=1
while [ -f "rings/$number.txt" ]; do
    file="rings/$number.txt"
    digest=$(sha256sum "$file" | sed 's/ .*//')
    reason=$(listed "$file" expected-failures.txt)
    if [ -n "$reason" ]; then
        expected=$((expected + 1))
        printf 'EXPECTED  %s: %s\n' "$file" "$reason"
    elif [ "$(value number "$file")" != "$number" ] || [ "$(value previous "$file")" != "$previous" ]; then
        fails "$file" 'it does not follow the ring before it'
    else
        case "$good_rings " in
        *" $digest "*) printf 'good      %s\n' "$file" ;;
        *) fails "$file" 'no statement here signs it' ;;
        esac
    fi
    previous="sha256:$digest"
    number=$((number + 1))
done
if [ "$number" -eq 1 ]; then
    fails rings 'there is none: nothing says whose keys count'
fi

# 5. Allowed signers: each key stands in a ring, as one of the same person.
if [ -f rings/1.txt ]; then
    while read -r person options type key; do
        case $person in
        '' | '#'*) continue ;;
        esac
        if ! grep -h -F -- " $type $key" rings/*.txt | grep -q "^key: $person "; then
            fails allowed_signers "a key of $person with $options stands in no ring"
        fi
    done <allowed_signers
fi

# 6. What else is known not to stand.
while read -r file reason; do
    case $file in
    '' | statements/*.txt | rings/*.txt) continue ;;
    esac
    expected=$((expected + 1))
    printf 'EXPECTED  %s: %s\n' "$file" "$reason"
done <expected-failures.txt

printf '\n%s statements: %s good, %s failed checks, %s expected failures\n' \
    "$signed" "$good" "$failed" "$expected"
printf '%s time stamps good, %s skipped; %s texts do not travel with the export\n' \
    "$stamped" "$skipped" "$without_text"
if [ "$failed" -eq 0 ] && [ "$expected" -eq 0 ] && [ "$good" -gt 0 ]; then
    printf 'Everything that stock programs can check stands.\n'
else
    printf 'Not everything stands.\n'
    exit 1
fi
