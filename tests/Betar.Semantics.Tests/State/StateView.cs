namespace Betar.Semantics.Tests.State;

[GenerateSerializer]
public sealed record StateView(
    [property: Id(0)] int Balance,
    [property: Id(1)] string? Etag,
    [property: Id(2)] bool RecordExists,
    [property: Id(3)] string? Theme);
