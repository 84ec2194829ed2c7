from . import Error as Error, Scorecard as Scorecard, SetAside as SetAside, scorecard as scorecard

__all__ = ["Error", "IS_DEBUG_BUILD", "Scorecard", "SetAside", "__version__", "scorecard"]

__version__: str
IS_DEBUG_BUILD: bool
