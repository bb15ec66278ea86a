"""Names a package hands on from its modules, each module imported when a name is first asked for.

So `from zonecheck.capture import judge_captures` is possible, and nobody who needs only a part of a
package waits for the rest of it.
"""

from collections.abc import Callable, Mapping
from importlib import import_module


def late_names(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a `__getattr__` for a package, from names and the modules of it they live in.

    No name may be that of a module: once imported, the module would be found in its place. What is
    called like its module is handed on under another name, from `module:name`.
    """

    def found(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)
        home, _, called = homes[name].partition(":")
        return getattr(import_module(f"{package}.{home}"), called or name)

    return found
