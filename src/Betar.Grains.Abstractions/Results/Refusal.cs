namespace Betar.Grains.Abstractions.Results;

/// <summary>An expected "no": a stable code of docs/errors.md, one sentence, and whether asking again can help.</summary>
[GenerateSerializer, Immutable, Alias("betar.refusal")]
public sealed record Refusal
{
    [Id(0)] public required string Code { get; init; }
    [Id(1)] public required string Message { get; init; }
    [Id(2)] public bool Retryable { get; init; }

    /// <summary>Seconds after which asking again makes sense; 0: nobody knows.</summary>
    [Id(3)] public int RetryAfterSeconds { get; init; }
}
