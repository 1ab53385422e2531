from deputies.quickline.pieces import Choices, Kind, Person, Piece, Reading, Vocabulary
from deputies.quickline.reader import read

__all__ = ["Choices", "Kind", "Person", "Piece", "Reading", "Vocabulary", "read"]
