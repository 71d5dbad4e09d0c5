namespace Betar.Semantics.Tests.Serialization.Contracts;

public enum UnmarkedColour
{
    Red,
    Green = 7,
}
