namespace Betar.Semantics.Tests.Serialization.Contracts;

public sealed class UnmarkedException(string message) : Exception(message);
