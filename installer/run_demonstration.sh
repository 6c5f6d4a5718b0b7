#!/bin/sh
# Open the program on the demonstration figures; without a screen, do the same job to files and say where they are.
# Usage: run_demonstration.sh PYTHON
set -eu
python=$1
home=build/run/home
desk="$python -m jobcentre_desk --home $home"
mkdir -p build/run

if ! $desk open-snapshot >/dev/null 2>&1; then
    $python -m jobcentre_desk demo --size small --out build/run/demonstration >/dev/null
    $desk source remove demonstration >/dev/null 2>&1 || true
    $desk source add demonstration "$(pwd)/build/run/demonstration" --key build/run/demonstration.pub >/dev/null
    $desk sync >/dev/null
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" != Linux ]; then
    exec $desk
fi
$desk employers --order fair --min-completed 5 --format csv --share >build/run/employers.csv
$desk cards pdf --municipality 730 --out build/run/card-730.pdf >/dev/null
QT_QPA_PLATFORM=offscreen $desk --picture build/run/employers.png
for file in employers.csv card-730.pdf employers.png; do
    test -s "build/run/$file"
    echo "$(pwd)/build/run/$file"
done
