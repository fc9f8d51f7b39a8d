#!/usr/bin/env bash
# Teaches every attention to write letters backwards and measures what it looked at: run.sh [OUT] [VARIANT...]
# One output line per variant: exact matches on unseen words, and the share of links that lie on the anti-diagonal (100 - AER).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
out=${1:-$root/artifacts/results/recurrent/attention}
shift || true
sequor=${SEQUOR:-$root/src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli}
[ -x "$sequor" ] || dotnet build -c Release "$root/src/Sequor.Cli"
mkdir -p "$out"
cd "$out"

# Words of 4 to 12 different letters, from a generator that is the same everywhere.
awk 'BEGIN {
  state = 1
  for (line = 0; line < 20400; line++) {
    length_ = 4 + draw(9); split("", used); forward = ""; backward = ""; links = ""
    for (i = 0; i < length_; i++) {
      do { letter = sprintf("%c", 97 + draw(26)) } while (letter in used)
      used[letter]; forward = forward (i ? " " : "") letter; backward = letter (i ? " " : "") backward
      links = links (i ? " " : "") i "-" (length_ - 1 - i)
    }
    set = line < 20000 ? "train" : line < 20200 ? "dev" : "test"
    print forward > (set ".src"); print backward > (set ".tgt"); print links > (set ".links")
  }
}
function draw(n) { state = (state * 16807) % 2147483647; return int(state / 2147483647 * n) }'

declare -A variants=(
  [none]="model.attention.kind=none"
  [additive]="model.attention.kind=additive"
  [additive-after]="model.attention.kind=additive model.attention.time=after"
  [normed-additive]="model.attention.kind=normed_additive"
  [dot]="model.attention.kind=dot"
  [dot-after]="model.attention.kind=dot model.attention.time=after"
  [dot-after-feeding]="model.attention.kind=dot model.attention.time=after model.attention.input_feeding=true"
  [general]="model.attention.kind=general"
  [general-after]="model.attention.kind=general model.attention.time=after"
  [concat]="model.attention.kind=concat"
  [scaled-dot]="model.attention.kind=scaled_dot"
  [scaled-dot-after]="model.attention.kind=scaled_dot model.attention.time=after"
  [multi-head]="model.attention.kind=multi_head"
  [local-p]="model.attention.kind=general model.attention.window=predictive model.attention.window_reach=3"
  [local-p-after]="model.attention.kind=general model.attention.time=after model.attention.window=predictive model.attention.window_reach=3"
  [local-m]="model.attention.kind=additive model.attention.window=monotonic model.attention.window_reach=3"
  [location-aware]="model.attention.kind=additive model.attention.location_filters=8 model.attention.location_width=7"
  [coverage]="model.attention.kind=additive model.attention.coverage=true model.attention.coverage_loss=0.1"
  [context-gate]="model.attention.kind=additive model.attention.context_gate=both"
)
order=(none additive additive-after normed-additive dot dot-after dot-after-feeding general general-after concat scaled-dot scaled-dot-after multi-head
  local-p local-p-after local-m location-aware coverage context-gate)
[ $# -gt 0 ] && order=("$@")
for name in "${order[@]}"; do
  settings=()
  for setting in ${variants[$name]}; do settings+=(--set "$setting"); done
  rm -rf "$name"
  "$sequor" train "$here/reverse.yaml" --out "$name" "${settings[@]}" 2> "$name.log"
  "$sequor" translate "$name" -i test.src -o "$name/test.hyp"
  accuracy=$("$sequor" score --hyp "$name/test.hyp" --ref test.tgt --metrics accuracy --json | grep -o '"score":[0-9.]*' | head -1 | cut -d: -f2)
  diagonal=""
  if [ "$name" != none ]; then
    "$sequor" translate "$name" -i test.src --alignment | sed 's/^.*||| *//' > "$name/test.links"
    error=$("$sequor" score --hyp "$name/test.links" --ref test.links --metrics aer --json | grep -o '"score":[0-9.]*' | head -1 | cut -d: -f2)
    diagonal=$(awk -v e="$error" 'BEGIN { printf "%.1f", 100 - e }')
    head -1 test.src | "$sequor" translate "$name" --attention-svg "$name/heat" > /dev/null
  fi
  printf '%s\t%.1f\t%s\n' "$name" "$accuracy" "$diagonal" | tee -a results.tsv
done
