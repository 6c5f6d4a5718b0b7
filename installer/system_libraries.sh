#!/bin/sh
# Qt's window parts need a few libraries of the system. Install them where that is allowed, else say the exact command.
# Usage: system_libraries.sh PYTHON
set -u
packages="libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 \
libxcb-shape0 libxcb-randr0 libxcb-render-util0 libxcb-xkb1 minisign"

qt_loads() {
    QT_QPA_PLATFORM=offscreen "$1" -c "from PySide6.QtWidgets import QApplication; QApplication([])" >/dev/null 2>&1
}

if qt_loads "$1" && command -v minisign >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq || exit 1
    # shellcheck disable=SC2086 - a list of packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null || exit 1
fi
if qt_loads "$1"; then
    exit 0
fi
echo "Qt cannot start: libraries of the system are missing. Install them, then run make again:" >&2
echo "  sudo apt-get install $packages" >&2
exit 1
