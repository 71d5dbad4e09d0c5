namespace Betar.Semantics.Tests.AsyncEnumerables;

[GenerateSerializer]
public sealed record Reading([property: Id(0)] string Name, [property: Id(1)] int Value);
