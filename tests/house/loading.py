"""The scripts below ``bin/`` are no package: load one by its path."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def script(name: str) -> ModuleType:
    if (loaded := sys.modules.get(f"bin_{name}")) is not None:
        return loaded
    spec = importlib.util.spec_from_file_location(f"bin_{name}", ROOT / "bin" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    if str(ROOT / "bin") not in sys.path:
        sys.path.append(str(ROOT / "bin"))  # they import each other by name
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"bin_{name}"] = module
    spec.loader.exec_module(module)
    return module
