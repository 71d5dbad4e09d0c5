namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public enum Colour
{
    Red,
    Green = 7,
}
