namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>No serializer: it must not travel.</summary>
public sealed class Unmarked
{
    public int Value { get; set; }
}
