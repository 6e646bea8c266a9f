#!/usr/bin/env bash
# Builds the wheel, installs it in a fresh environment, and has the real pre-commit block a commit that breaks a sum and
# pass one that does not. Needs Python and a package index; PROFILE=dev builds faster.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME="$work/pre-commit" PIP_DISABLE_PIP_VERSION_CHECK=1
export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --file "$GIT_CONFIG_GLOBAL" user.name Nobody
git config --file "$GIT_CONFIG_GLOBAL" user.email nobody@example.org
git config --file "$GIT_CONFIG_GLOBAL" init.defaultBranch main
git config --file "$GIT_CONFIG_GLOBAL" protocol.file.allow always

fail() { echo "failed: $*"; exit 1; }

python3 -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet 'maturin>=1.7,<2' pre-commit

echo "-- the wheel"
(cd "$root/packaging/pypi" && "$work/tools/bin/maturin" build --quiet --profile "${PROFILE:-release}" --out "$work/wheels")
ls "$work/wheels"

echo "-- a fresh environment"
python3 -m venv "$work/fresh"
"$work/fresh/bin/pip" install --quiet --no-index --find-links "$work/wheels" kzcheck
"$work/fresh/bin/kzcheck" --version

echo "-- pre-commit"
# the repository as pre-commit clones it: only what it reads there
mkdir "$work/hooks"
cp "$root/.pre-commit-hooks.yaml" "$root/pyproject.toml" "$work/hooks"
git -C "$work/hooks" init --quiet
git -C "$work/hooks" add --all
git -C "$work/hooks" commit --quiet -m hooks
rev=$(git -C "$work/hooks" rev-parse HEAD)
# until the index has the wheel, it comes from here
export PIP_FIND_LINKS="$work/wheels"

mkdir -p "$work/study/claims"
cd "$work/study"
git init --quiet
cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $work/hooks
    rev: $rev
    hooks:
      - id: kzcheck-fmt
      - id: kzcheck
YAML
cat > claims/sum.toml <<'TOML'
[[claim]]
id    = "total"
value = "91 t"

[[claim]]
id    = "bulk"
value = "40 t"

[[claim]]
id    = "boxes"
value = "51 t"

[[check]]
id     = "adds-up"
assert = "total = bulk + boxes"
TOML
"$work/tools/bin/pre-commit" install >/dev/null
commit() { git add --all && git commit -m "$1" >"$work/said" 2>&1; }

commit "a sum that is right" || { cat "$work/said"; fail "a right sum was blocked"; }
sed -i 's/"51 t"/"58 t"/' claims/sum.toml
if commit "a sum that is wrong"; then fail "a wrong sum was committed"; fi
grep -q 'adds-up' "$work/said" || { cat "$work/said"; fail "the finding is not shown"; }
sed -i 's/"91 t"/"98 t"/' claims/sum.toml
commit "mended" || { cat "$work/said"; fail "a mended sum was blocked"; }
echo "no claims" > notes.txt
commit "nothing to check" || { cat "$work/said"; fail "an unrelated commit was blocked"; }
grep -q 'Skipped' "$work/said" || { cat "$work/said"; fail "the hook ran without need"; }
sed -i 's/^value = "98 t"/value="98 t"/' claims/sum.toml
if commit "not laid out"; then fail "a file that is not laid out was committed"; fi
git add --all
git diff --cached --quiet HEAD || fail "the hook did not lay the file out"
echo "pre-commit: blocked what is wrong, passed what is right"
