namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public sealed class MarkedException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}
